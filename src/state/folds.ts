/** What of the list of steps is folded away, and the rows that are left. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { SimilarRun } from "../core/similar-steps.ts";
import type { StepIndex } from "../core/units.ts";

export interface Folds {
  /** Long steps that are shown whole. */
  readonly opened: ReadonlySet<StepIndex>;
  /** Whether runs of similar steps are one line each. */
  readonly foldsSimilar: boolean;
  /** A run with any of these is shown step by step. */
  readonly unfolded: ReadonlySet<StepIndex>;
}

export const NO_FOLDS: Folds = { opened: new Set(), foldsSimilar: false, unfolded: new Set() };

function including(steps: ReadonlySet<StepIndex>, index: StepIndex, isIn: boolean): ReadonlySet<StepIndex> {
  const changed = new Set(steps);
  if (isIn) {
    changed.add(index);
  } else {
    changed.delete(index);
  }
  return changed;
}

/** Shows a long step whole, or folds it again. */
export function openStep(state: Folds, index: StepIndex, isOpen: boolean): Folds {
  return { ...state, opened: including(state.opened, index, isOpen) };
}

/** Shows the run that a step is in step by step. */
export function unfoldAt(state: Folds, index: StepIndex): Folds {
  return state.foldsSimilar && !state.unfolded.has(index)
    ? { ...state, unfolded: including(state.unfolded, index, true) }
    : state;
}

/** Makes a run one line again. */
export function foldRun(state: Folds, { from, to }: SimilarRun): Folds {
  return { ...state, unfolded: new Set([...state.unfolded].filter((index) => index < from || index >= to)) };
}

/** Folds all runs of similar steps, or none. */
export function foldSimilar(state: Folds, foldsSimilar: boolean): Folds {
  return { ...state, foldsSimilar, unfolded: new Set() };
}

export type ListRow =
  | { readonly kind: "step"; readonly index: StepIndex }
  /** Stands for the steps of a run, or above them while they are shown. */
  | { readonly kind: "run"; readonly run: SimilarRun; readonly isOpen: boolean };

/** @param runs In order. */
export function listRows(
  order: readonly StepIndex[],
  runs: readonly SimilarRun[],
  unfolded: Folds["unfolded"],
): readonly ListRow[] {
  if (runs.length === 0) {
    return order.map((index) => ({ kind: "step", index }));
  }
  const runAt = new Map(runs.map((run) => [run.from, run]));
  const rows: ListRow[] = [];
  let hiddenTo = 0;
  for (const index of order) {
    const run = runAt.get(index);
    if (run !== undefined) {
      const isOpen = hasAny(unfolded, run);
      rows.push({ kind: "run", run, isOpen });
      hiddenTo = isOpen ? index : run.to;
    }
    if (index >= hiddenTo) {
      rows.push({ kind: "step", index });
    }
  }
  return rows;
}

function hasAny(steps: ReadonlySet<StepIndex>, { from, to }: SimilarRun): boolean {
  for (let index = from; index < to; index += 1) {
    if (steps.has(index)) {
      return true;
    }
  }
  return false;
}

export const foldsStore = createStore<Folds>()(() => NO_FOLDS);

export function useFolds<T>(select: (state: Folds) => T): T {
  return useStore(foldsStore, select);
}
