/** The run that others are compared with: A, while the run on the screen is B. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Run } from "./runs.ts";

export interface Pinned {
  /** What the person pinned. */
  readonly run: Run | undefined;
  /** A in its place while one comparison is open: the chain before an edit. */
  readonly before: Run | undefined;
}

export const NOTHING_PINNED: Pinned = { run: undefined, before: undefined };

/** A: what the run on the screen is compared with. */
export function referenceOf({ run, before }: Pinned): Run | undefined {
  return before ?? run;
}

/** Whether a run is the other: the same scores, not only the same text. */
export function isSameRun(run: Run | undefined, other: Run | undefined): boolean {
  return run !== undefined && run.scores === other?.scores && run.trace === other.trace;
}

export function isPinned({ run }: Pick<Pinned, "run">, other: Run | undefined): boolean {
  return isSameRun(run, other);
}

export const pinnedStore = createStore<Pinned>()(() => NOTHING_PINNED);

export function usePinned<T>(select: (state: Pinned) => T): T {
  return useStore(pinnedStore, select);
}
