/** Many chains of one problem, or of several: what was put in, and what a model has said about each. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { AggregateId } from "../core/aggregate/index.ts";
import type { ChainRecord } from "../core/chain-record.ts";
import type { WireError } from "../core/errors.ts";
import { isFinished, type Run } from "./runs.ts";
import { type Cut, cutOf, EMPTY_WORKSPACE, isSameSource } from "./workspace.ts";

export interface Candidate {
  readonly record: ChainRecord;
  /** `stopped` without a score until it is its turn. */
  readonly run: Run;
}

/** What is in the fields of the page. */
export interface Draft extends Cut {
  readonly problem: string;
  readonly text: string;
  /** The reference answer, for candidates whose record has none. */
  readonly gold: string;
}

/** What a batch was asked to score. */
export type Asked = Pick<Candidates, "draft" | "taken">;

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
  readonly scored: Asked | undefined;
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

/** Back to the fields, as they were. */
export function dropRecords(state: Candidates): Candidates {
  return { ...NO_CANDIDATES, draft: state.draft };
}

/** Begins a batch; scores of the same text by the same model are kept. */
export function startBatch(state: Candidates, candidates: readonly Candidate[]): Candidates {
  const all = candidates.map((candidate) => {
    const { source, modelKey } = candidate.run;
    const earlier = state.all.find(
      ({ run }) => run.modelKey === modelKey && isFinished(run) && isSameSource(run.source, source),
    );
    return earlier === undefined ? candidate : { ...candidate, run: earlier.run };
  });
  const { draft, taken } = state;
  return { ...state, all, scored: { draft, taken }, status: "waiting", current: undefined, error: undefined };
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
