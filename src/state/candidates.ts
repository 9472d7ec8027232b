/** Many chains of one problem, or of several: what was put in, and what a model has said about each. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { AggregateId } from "../core/aggregate/index.ts";
import type { ChainRecord } from "../core/chain-record.ts";
import type { WireError } from "../core/errors.ts";
import { identityOf, isScoredBy, type ScoredBy } from "./model-identity.ts";
import { addRating, type Rating, ratingOf } from "./ratings.ts";
import { isFinished, type Run } from "./runs.ts";
import { sourceKey } from "./shelf.ts";
import { type Cut, cutOf, EMPTY_WORKSPACE } from "./workspace.ts";

export interface Candidate {
  readonly record: ChainRecord;
  /** `stopped` without a score until it is its turn. */
  readonly run: Run;
  /** What finished runs before this one have said of it, one of each model, the newest last. */
  readonly earlier: readonly Rating[];
}

/** What is in the fields of the page. */
export interface Draft extends Cut {
  readonly problem: string;
  readonly text: string;
  /** The reference answer, for candidates whose record has none. */
  readonly gold: string;
}

/** What a batch was asked to score. */
type BatchInput = Pick<Candidates, "draft" | "taken">;

/** `kept`: the results are those of before, and some are missing. */
export type BatchStatus = "idle" | "kept" | "waiting" | "running" | "stopped" | "failed" | "done";

/** What the table is sorted by. */
export type CandidateSort = AggregateId | "place";

export interface Candidates {
  readonly draft: Draft;
  /** Records that came from a file, in place of the draft's text. */
  readonly taken: readonly ChainRecord[] | undefined;
  readonly all: readonly Candidate[];
  /** What `all` was made of. */
  readonly scored: BatchInput | undefined;
  readonly status: BatchStatus;
  /** Index into `all` of the one that is being scored. */
  readonly current: number | undefined;
  /** What ended the batch, when it failed. */
  readonly error: WireError | undefined;
  /** Absent: the first problem. */
  readonly shownProblem: string | undefined;
  readonly sort: CandidateSort;
  readonly isAscending: boolean;
}

export const NO_CANDIDATES: Candidates = {
  draft: { problem: "", text: "", gold: "", ...cutOf(EMPTY_WORKSPACE) },
  taken: undefined,
  all: [],
  scored: undefined,
  status: "idle",
  current: undefined,
  error: undefined,
  shownProblem: undefined,
  sort: "place",
  isAscending: true,
};

export function editDraft(state: Candidates, change: Partial<Draft>): Candidates {
  return { ...state, draft: { ...state.draft, ...change } };
}

/** Records from elsewhere take the place of the draft's text; the text stays, for when they are let go. */
export function takeRecords(state: Candidates, records: readonly ChainRecord[]): Candidates {
  return {
    ...NO_CANDIDATES,
    draft: state.draft,
    taken: records,
  };
}

/** Back to the candidates, before anything was said of them. */
export function dropResults({ draft, taken }: Candidates): Candidates {
  return { ...NO_CANDIDATES, draft, taken };
}

/** Back to the fields, as they were. */
export function dropRecords(state: Candidates): Candidates {
  return { ...NO_CANDIDATES, draft: state.draft };
}

/**
 * Begins a batch; scores of the same text by the same model are kept. What other models have said of it stays with it,
 * in short: of many candidates their runs would outgrow the shelf.
 */
export function startBatch(state: Candidates, candidates: readonly Candidate[]): Candidates {
  const before = saidOf(state.all);
  const all = candidates.map((candidate) => {
    const { runs, ratings } = before.get(sourceKey(candidate.run.source)) ?? NOTHING_SAID;
    const run = runs.find((one) => isScoredBy(one, candidate.run)) ?? candidate.run;
    return { ...candidate, run, earlier: ratings.reduce(addRating, candidate.earlier) };
  });
  const { draft, taken } = state;
  return { ...state, all, scored: { draft, taken }, status: "waiting", current: undefined, error: undefined };
}

/** The model is loaded: what other weights of its key have scored is not what it would say, and is to be scored anew. */
export function reopenOthers(state: Candidates, by: ScoredBy): Candidates {
  const all = state.all.map((candidate): Candidate => {
    const { run, earlier } = candidate;
    if (isScoredBy(run, by) || run.scores.every((score) => score === undefined)) {
      return candidate;
    }
    const scores = run.trace.steps.map(() => undefined);
    const open: Run = {
      ...run,
      digest: undefined,
      status: "stopped",
      scores,
      notScored: undefined,
      trajectoryReward: undefined,
    };
    return {
      ...candidate,
      run: open,
      earlier: isFinished(run) ? addRating(earlier, ratingOf(run)) : earlier,
    };
  });
  return { ...state, all };
}

/** What has been said of a text. */
interface Said {
  /** Finished ones, one of each model. */
  readonly runs: readonly Run[];
  /** Of these and of those before, one of each model, the newest last. */
  readonly ratings: readonly Rating[];
}

const NOTHING_SAID: Said = { runs: [], ratings: [] };

/** By `sourceKey`: the same text may be there many times. */
function saidOf(all: readonly Candidate[]): ReadonlyMap<string, Said> {
  const said = new Map<string, Said>();
  for (const { run, earlier } of all) {
    const key = sourceKey(run.source);
    // Where the text is there twice, both have the same earlier ratings.
    const { runs, ratings } = said.get(key) ?? { runs: [], ratings: earlier };
    const isNew = isFinished(run) && !runs.some((one) => identityOf(one) === identityOf(run));
    said.set(
      key,
      isNew ? { runs: [...runs, run], ratings: addRating(ratings, ratingOf(run)) } : { runs, ratings },
    );
  }
  return said;
}

/** Whether a batch of what is there now would score something else than the last one did. */
export function isOutdated({ draft, taken, all, scored }: Candidates): boolean {
  if (scored === undefined) {
    return false;
  }
  const hasOtherChains =
    taken !== scored.taken || (taken === undefined && draft.text.trim() !== scored.draft.text.trim());
  const hasOtherProblem =
    draft.problem !== scored.draft.problem && all.some(({ record }) => record.problem.trim() === "");
  const hasOtherCut =
    (draft.strategy !== scored.draft.strategy ||
      (draft.strategy === "delimiter" && draft.delimiter !== scored.draft.delimiter)) &&
    all.some(({ record }) => typeof record.chain === "string");
  return hasOtherChains || hasOtherProblem || hasOtherCut;
}

/** What was scored of these candidates before is there without a batch. */
export function showResults(state: Candidates, all: readonly Candidate[]): Candidates {
  const status = all.every(({ run }) => isFinished(run)) ? "done" : "kept";
  const { draft, taken } = state;
  return { ...state, all, scored: { draft, taken }, status, current: undefined, error: undefined };
}

/** Indices of the candidates that a batch still has to score. */
export function unfinished({ all }: Candidates): readonly number[] {
  return [...all.keys()].filter((index) => {
    const run = all[index]?.run;
    return run !== undefined && !isFinished(run);
  });
}

export function changeRun(state: Candidates, index: number, change: (run: Run) => Run): Candidates {
  const candidate = state.all[index];
  return candidate === undefined
    ? state
    : { ...state, all: state.all.with(index, { ...candidate, run: change(candidate.run) }) };
}

export function beginCandidate(state: Candidates, index: number): Candidates {
  return { ...state, status: "running", current: index };
}

export function endBatch(
  state: Candidates,
  status: "stopped" | "failed" | "done",
  error?: WireError,
): Candidates {
  return { ...state, status, current: undefined, error };
}

export function isBatchUnderWay({ status }: Pick<Candidates, "status">): boolean {
  return status === "waiting" || status === "running";
}

/** Which candidate a run is, by its scores as well as by its text; undefined for one of another origin. */
export function placeOf(all: readonly Candidate[], run: Run): number | undefined {
  const place = all.findIndex((one) => one.run.scores === run.scores && one.run.trace === run.trace);
  return place < 0 ? undefined : place;
}

/** Sorts by another column, or the other way when it is the same one; scores begin with the highest. */
export function sortBy(state: Candidates, sort: CandidateSort): Candidates {
  const isAscending = state.sort === sort ? !state.isAscending : sort === "place";
  return { ...state, sort, isAscending };
}

export const candidatesStore = createStore<Candidates>()(() => NO_CANDIDATES);

export function useCandidates<T>(select: (state: Candidates) => T): T {
  return useStore(candidatesStore, select);
}
