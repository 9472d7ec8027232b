import type { StepIndex } from "../core/units.ts";
import { foldsStore, openStep } from "../state/folds.ts";

/** Shows a long step whole, or folds it again. */
export function showWhole(index: StepIndex, isOpen: boolean): void {
  foldsStore.setState((folds) => openStep(folds, index, isOpen));
}
