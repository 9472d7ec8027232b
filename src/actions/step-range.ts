/** Chooses a stretch of steps. */
import { endsOf, type StepRange } from "../core/step-range.ts";
import type { StepIndex } from "../core/units.ts";
import { runsStore } from "../state/runs.ts";
import { stepRangeStore } from "../state/step-range.ts";
import { type SelectionOrigin, viewStore } from "../state/view-state.ts";
import { moveStep, select } from "./navigate.ts";
import { showSteps } from "./timeline-window.ts";

export function chooseRange(range: StepRange): void {
  stepRangeStore.setState({ range }, true);
}

/** @returns false when there was none */
export function clearRange(): boolean {
  const { range } = stepRangeStore.getState();
  stepRangeStore.setState({ range: undefined }, true);
  return range !== undefined;
}

/** From where the range began, else from the selected step, to this one, which is selected. */
export function extendRange(to: StepIndex, from: SelectionOrigin): void {
  const { range } = stepRangeStore.getState();
  const { selected } = viewStore.getState();
  chooseRange({ anchor: range?.anchor ?? selected ?? to, head: to });
  select(to, from);
}

/** Goes to the next (1) or previous (-1) step and takes the range with it. */
export function extendByStep(direction: 1 | -1): void {
  const anchor = stepRangeStore.getState().range?.anchor ?? viewStore.getState().selected;
  const last = (runsStore.getState().current?.trace.steps.length ?? 0) - 1;
  if (anchor === undefined) {
    moveStep(direction);
    return;
  }
  const from = viewStore.getState().selected ?? anchor;
  extendRange(Math.max(0, Math.min(last, from + direction)), "keys");
}

export function zoomToRange(): void {
  const { range } = stepRangeStore.getState();
  if (range !== undefined) {
    const [from, last] = endsOf(range);
    showSteps({ from, to: last + 1 });
  }
}
