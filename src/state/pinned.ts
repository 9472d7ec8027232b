/** The run that others are compared with: A, while the run on the screen is B. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Run } from "./runs.ts";

export interface Pinned {
  readonly run: Run | undefined;
}

export const NOTHING_PINNED: Pinned = { run: undefined };

/** Whether a run is the one that is pinned: the same scores, not only the same text. */
export function isPinned({ run }: Pinned, other: Run | undefined): boolean {
  return run !== undefined && run.scores === other?.scores && run.trace === other.trace;
}

export const pinnedStore = createStore<Pinned>()(() => NOTHING_PINNED);

export function usePinned<T>(select: (state: Pinned) => T): T {
  return useStore(pinnedStore, select);
}
