/** What of the list of steps is folded away. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { StepIndex } from "../core/units.ts";

export interface Folds {
  /** Long steps that are shown whole. */
  readonly opened: ReadonlySet<StepIndex>;
}

export const NO_FOLDS: Folds = { opened: new Set() };

/** Shows a long step whole, or folds it again. */
export function openStep(state: Folds, index: StepIndex, isOpen: boolean): Folds {
  const opened = new Set(state.opened);
  if (isOpen) {
    opened.add(index);
  } else {
    opened.delete(index);
  }
  return { ...state, opened };
}

export const foldsStore = createStore<Folds>()(() => NO_FOLDS);

export function useFolds<T>(select: (state: Folds) => T): T {
  return useStore(foldsStore, select);
}
