/** What follows from scored candidates. Pure; views memoise it, nobody stores it. */
import { type AggregateResult, normalise } from "../core/aggregate/aggregate.ts";
import { AGGREGATES, type AggregateId } from "../core/aggregate/index.ts";
import { type AnswerReading, answersMeet, readAnswer } from "../core/answers/answer-key.ts";
import { answerOf, type ExtractedAnswer, goldAnswer } from "../core/answers/extract-answer.ts";
import { groupAnswers } from "../core/answers/group-answers.ts";
import { type AccuracyPoint, accuracyByN } from "../core/best-of/accuracy.ts";
import type { GroupMember } from "../core/best-of/group-advantage.ts";
import { type Ballot, type Choice, type ChoiceRule, choose, rank } from "../core/best-of/vote.ts";
import type { Trace } from "../core/trace.ts";
import type { Candidate, CandidateSort } from "./candidates.ts";
import { aggregateInput } from "./inspection.ts";
import { isWhole } from "./ratings.ts";
import type { Run } from "./runs.ts";
import type { AggregateSettings } from "./view-state.ts";

/** A candidate with what its text and its scores give. */
export interface Entry {
  /** Its place among all candidates, from 0. */
  readonly place: number;
  readonly candidate: Candidate;
  readonly answer: ExtractedAnswer | undefined;
  /** Equal for equal answers to its problem; undefined without an answer. */
  readonly key: string | undefined;
  /** Undefined where the source does not say, and a reference answer or an answer to hold against it is missing. */
  readonly isCorrect: boolean | undefined;
  /** Only of a chain whose every step is scored: part of a chain cannot be ranked against a whole one. */
  readonly scores: Readonly<Partial<Record<AggregateId, number>>>;
  /** The same with the range that each score can have. */
  readonly results: Readonly<Partial<Record<AggregateId, AggregateResult>>>;
  readonly scoredCount: number;
}

function resultsOf(run: Run, settings: AggregateSettings): Entry["results"] {
  if (!isWhole(run)) {
    return {};
  }
  const input = aggregateInput(run, settings);
  return Object.fromEntries(
    AGGREGATES.flatMap(({ id, compute }) => {
      const result = compute(input);
      return result === undefined ? [] : [[id, result]];
    }),
  );
}

/** The reference answer of a candidate; undefined where there is none. */
function goldOf({ record }: Candidate, draftGold: string): AnswerReading | undefined {
  const gold = record.gold ?? draftGold;
  return gold.trim() === "" ? undefined : readAnswer(goldAnswer(gold));
}

/** An answer that could not be found may have been the right one: nothing is said of it. */
function correctness(
  { record }: Candidate,
  reading: AnswerReading | undefined,
  gold: AnswerReading | undefined,
): boolean | undefined {
  if (record.isCorrect !== undefined || gold === undefined || reading === undefined) {
    return record.isCorrect;
  }
  return answersMeet(reading, gold);
}

interface KnownAnswer {
  readonly answer: ExtractedAnswer;
  readonly reading: AnswerReading;
}

/** What the answer of a chain is, told once for each: a batch asks again with every score that comes in. */
const answers = new WeakMap<Trace, KnownAnswer | "none">();

function answerIn(trace: Trace): KnownAnswer | undefined {
  const before = answers.get(trace);
  if (before !== undefined) {
    return before === "none" ? undefined : before;
  }
  const answer = answerOf(trace);
  const known = answer && { answer, reading: readAnswer(answer.text) };
  answers.set(trace, known ?? "none");
  return known;
}

/** `Map.groupBy`, which Node 20 has not. */
function grouped<T, K>(all: readonly T[], keyOf: (one: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one)) ?? [];
    groups.set(keyOf(one), group);
    group.push(one);
  }
  return groups;
}

/** The group of each candidate's answer among those of its problem. */
function keysOf(all: readonly Candidate[], draftGold: string): readonly (string | undefined)[] {
  const keys = new Array<string | undefined>(all.length).fill(undefined);
  const places = grouped([...all.keys()], (place) => all[place]?.run.trace.problem);
  for (const same of places.values()) {
    const members = same.flatMap((place) => all[place] ?? []);
    const first = members.find(({ record }) => record.gold !== undefined) ?? members[0];
    const groups = groupAnswers(
      members.map(({ run }) => answerIn(run.trace)?.reading),
      first && goldOf(first, draftGold),
    );
    for (const [index, place] of same.entries()) {
      keys[place] = groups[index];
    }
  }
  return keys;
}

/**
 * @param before The entries of the same settings and reference answer a moment ago: what has not changed since is
 *   the same object again.
 */
export function entriesOf(
  all: readonly Candidate[],
  settings: AggregateSettings,
  draftGold: string,
  before: readonly Entry[] = [],
): readonly Entry[] {
  const keys = keysOf(all, draftGold);
  return all.map((candidate, place) => {
    const earlier = before[place];
    const key = keys[place];
    if (earlier?.candidate === candidate && earlier.key === key) {
      return earlier;
    }
    const known = answerIn(candidate.run.trace);
    const results = resultsOf(candidate.run, settings);
    return {
      place,
      candidate,
      answer: known?.answer,
      key,
      isCorrect: correctness(candidate, known?.reading, goldOf(candidate, draftGold)),
      scores: Object.fromEntries(Object.entries(results).map(([id, { value }]) => [id, value])),
      results,
      scoredCount: candidate.run.scores.filter((score) => score !== undefined).length,
    };
  });
}

/** How many are not judged though there is a reference answer: no answer of theirs could be found. */
export function unreadCount(entries: readonly Entry[], draftGold: string): number {
  return entries.filter(
    ({ candidate, key, isCorrect }) =>
      isCorrect === undefined && key === undefined && goldOf(candidate, draftGold) !== undefined,
  ).length;
}

/** An answer that its source calls right in some chains and wrong in others. */
export interface Contradiction {
  /** As the first of them states it. */
  readonly answer: string;
  readonly right: number;
  readonly wrong: number;
}

export function contradictionsOf(entries: readonly Entry[]): readonly Contradiction[] {
  const judged = entries.filter(({ key, isCorrect }) => key !== undefined && isCorrect !== undefined);
  return [...grouped(judged, ({ key }) => key).values()].flatMap((same) => {
    const right = same.filter(({ isCorrect }) => isCorrect === true).length;
    const wrong = same.length - right;
    return right > 0 && wrong > 0 ? [{ answer: same[0]?.answer?.text ?? "", right, wrong }] : [];
  });
}

/** Different problems, in the order in which they first come. */
export function problemsOf(all: readonly Candidate[]): readonly string[] {
  return [...new Set(all.map(({ run }) => run.trace.problem))];
}

/** Indices into `entries`; what has no score comes last either way. */
export function sortEntries(
  entries: readonly Entry[],
  sort: CandidateSort,
  isAscending: boolean,
): readonly number[] {
  const places = [...entries.keys()];
  if (sort === "place") {
    return isAscending ? places : places.reverse();
  }
  const ranked = rank(places.map((index) => ({ index, value: entries[index]?.scores[sort] })));
  const sorted = ranked.map(({ index }) => index);
  const rest = places.filter((index) => entries[index]?.scores[sort] === undefined);
  return [...(isAscending ? sorted.reverse() : sorted), ...rest];
}

function ballotsBy(entries: readonly Entry[], aggregate: AggregateId): readonly Ballot[] {
  return entries.map(({ results, key }) => {
    const result = results[aggregate];
    // A vote below 0 would count against its own answer: the more chains give it, the less it would weigh.
    const weight = result && result.value - Math.min(0, result.range[0]);
    return { score: result?.value, weight, answer: key };
  });
}

/** The choice of every rule; `winner` is an index into `entries`. */
export function choicesOf(
  entries: readonly Entry[],
  aggregate: AggregateId,
): Readonly<Record<ChoiceRule, Choice | undefined>> {
  const ballots = ballotsBy(entries, aggregate);
  // A vote of unscored chains would change with every score that comes in.
  const scored = ballots.map((ballot) =>
    ballot.score === undefined ? { ...ballot, answer: undefined } : ballot,
  );
  return {
    naive: choose("naive", ballots),
    weighted: choose("weighted", ballots),
    majority: choose("majority", scored),
  };
}

/** Which candidate each aggregate would take, aggregates of one mind together; those without a score are left out. */
export function choiceByAggregate(
  entries: readonly Entry[],
): readonly { readonly winner: number; readonly aggregates: readonly AggregateId[] }[] {
  const groups = new Map<number, AggregateId[]>();
  for (const { id } of AGGREGATES) {
    const winner = choose("naive", ballotsBy(entries, id))?.winner;
    if (winner !== undefined) {
      groups.set(winner, [...(groups.get(winner) ?? []), id]);
    }
  }
  return Array.from(groups, ([winner, aggregates]) => ({ winner, aggregates })).sort(
    (a, b) => b.aggregates.length - a.aggregates.length,
  );
}

/** A chain of a group that training would see, with its place in `entries`. */
export interface RatedEntry extends GroupMember {
  readonly index: number;
}

/** The entries whose every step is scored and of which it is known whether they are right; scores mapped onto [0, 1]. */
export function groupOf(entries: readonly Entry[], aggregate: AggregateId): readonly RatedEntry[] {
  return entries.flatMap(({ isCorrect, results }, index) => {
    const result = results[aggregate];
    return result === undefined || isCorrect === undefined
      ? []
      : [{ index, score: normalise(result), isCorrect }];
  });
}

/** Accuracy against N over the entries that have a score and are known to be right or wrong. */
export function accuracyOf(entries: readonly Entry[], aggregate: AggregateId): readonly AccuracyPoint[] {
  return accuracyByN(
    entries.flatMap(({ scores, isCorrect, key }) => {
      const score = scores[aggregate];
      return score === undefined || isCorrect === undefined ? [] : [{ score, isCorrect, answer: key }];
    }),
  );
}

/** Tokens that were computed for all candidates, and those a common beginning spared. */
export function tokensOf(all: readonly Candidate[]): { readonly computed: number; readonly reused: number } {
  let [computed, reused] = [0, 0];
  for (const { run } of all) {
    computed += run.timing?.tokens ?? 0;
    reused += run.timing?.reused ?? 0;
  }
  return { computed, reused };
}
