/** Folds the list of steps, and opens it. */
import type { SimilarRun } from "../core/similar-steps.ts";
import type { StepIndex } from "../core/units.ts";
import { foldRun, foldSimilar, foldsStore, openStep, unfoldAt } from "../state/folds.ts";
import { viewStore } from "../state/view-state.ts";

/** Shows a long step whole, or folds it again. */
export function showWhole(index: StepIndex, isOpen: boolean): void {
  foldsStore.setState((folds) => openStep(folds, index, isOpen));
}

/** Makes every run of similar steps one line, but for that of the selected step; or shows all steps. */
export function foldAllSimilar(folds: boolean): void {
  foldsStore.setState((state) => foldSimilar(state, folds), true);
  const { selected } = viewStore.getState();
  if (selected !== undefined) {
    unfold(selected);
  }
}

/** Shows the steps of the run that this one is in. */
export function unfold(index: StepIndex): void {
  foldsStore.setState((state) => unfoldAt(state, index), true);
}

/** Opens a run, or makes it one line again. */
export function toggleRun(run: SimilarRun, isOpen: boolean): void {
  if (isOpen) {
    unfold(run.from);
  } else {
    foldsStore.setState((state) => foldRun(state, run), true);
  }
}
