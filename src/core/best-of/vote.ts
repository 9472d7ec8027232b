/**
 * The three ways to choose among N chains of one problem, as search-and-learn names them
 * (github.com/huggingface/search-and-learn, `sal/utils/math.py`): naive takes the chain with the highest score;
 * weighted the answer with the highest sum of scores (of weights, where a score may be below 0); majority the answer most chains give.
 */

/** One candidate, as far as a choice looks at it. */
export interface Ballot {
  /** The trajectory score; undefined when there is none, and then no choice by score counts it. */
  readonly score: number | undefined;
  /** What it adds to its answer in the weighted vote, at least 0; undefined exactly when the score is. */
  readonly weight: number | undefined;
  /** Equal for equal answers; undefined for a chain that states none. */
  readonly answer: string | undefined;
}

export type ChoiceRule = "naive" | "weighted" | "majority";

/** What a rule chose. */
export interface Choice {
  readonly rule: ChoiceRule;
  /** The chosen candidate; of a chosen answer, its chain with the highest score. The first of equals. */
  readonly winner: number;
  readonly answer: string | undefined;
  /** A score, a sum of weights, or a number of chains. */
  readonly value: number;
  /** How far the next candidate (naive) or the next answer is behind; undefined when there is no other. */
  readonly margin: number | undefined;
}

/** Chooses by a rule; undefined when no ballot has what the rule looks at. */
export function choose(rule: ChoiceRule, ballots: readonly Ballot[]): Choice | undefined {
  return rule === "naive" ? chooseNaive(ballots) : chooseAnswer(rule, ballots);
}

function chooseNaive(ballots: readonly Ballot[]): Choice | undefined {
  const ranked = rank(ballots.map(({ score }, index) => ({ index, value: score })));
  const [first, second] = ranked;
  return (
    first && {
      rule: "naive",
      winner: first.index,
      answer: ballots[first.index]?.answer,
      value: first.value,
      margin: second && first.value - second.value,
    }
  );
}

function chooseAnswer(rule: "weighted" | "majority", ballots: readonly Ballot[]): Choice | undefined {
  const groups = new Map<string, { readonly members: number[]; value: number }>();
  for (const [index, ballot] of ballots.entries()) {
    const { answer } = ballot;
    const weight = rule === "majority" ? 1 : ballot.weight;
    if (answer !== undefined && weight !== undefined) {
      const group = groups.get(answer) ?? { members: [], value: 0 };
      groups.set(answer, group);
      group.members.push(index);
      group.value += weight;
    }
  }
  const [first, second] = [...groups].sort(([, a], [, b]) => b.value - a.value);
  if (first === undefined) {
    return undefined;
  }
  const [answer, { members, value }] = first;
  const best = rank(members.map((index) => ({ index, value: ballots[index]?.score })))[0]?.index;
  const winner = best ?? members[0] ?? 0;
  return { rule, winner, answer, value, margin: second && value - second[1].value };
}

interface Ranked {
  readonly index: number;
  readonly value: number;
}

/** The highest first, equals in order; those without a value are left out. */
export function rank(
  all: readonly { readonly index: number; readonly value: number | undefined }[],
): readonly Ranked[] {
  return all
    .flatMap(({ index, value }) => (value === undefined ? [] : [{ index, value }]))
    .sort((a, b) => b.value - a.value || a.index - b.index);
}
