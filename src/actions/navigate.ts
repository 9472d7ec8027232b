/** Moves over the steps; the address follows. */
import type { StepIndex } from "../core/units.ts";
import { collectionStore, recordOfSource } from "../state/collection.ts";
import { engineStore } from "../state/engine-status.ts";
import { inspectRun, modelThreshold } from "../state/inspection.ts";
import { orderSteps, type Reading, readRun, readText } from "../state/reading.ts";
import { runsStore } from "../state/runs.ts";
import { correctionsOf, tagCorrectionsStore } from "../state/tag-corrections.ts";
import {
  hoverStep,
  type SelectionOrigin,
  selectStep,
  type ViewState,
  viewStore,
} from "../state/view-state.ts";
import { writeHash } from "./address.ts";
import { unfold } from "./folds.ts";
import { bringIntoWindow } from "./timeline-window.ts";

/** Changes how the run is looked at. */
export function changeView(change: Partial<ViewState>): void {
  viewStore.setState(change);
  writeHash();
}

export function select(index: StepIndex | undefined, from: SelectionOrigin): void {
  viewStore.setState((state) => selectStep(state, index, from));
  if (index !== undefined) {
    showStep(index);
  }
  writeHash();
}

/** Lets a step be seen: in the window of the timeline, and out of its fold. */
export function showStep(index: StepIndex): void {
  bringIntoWindow(index);
  unfold(index);
}

export function hover(hovered: ViewState["hovered"]): void {
  viewStore.setState((state) => hoverStep(state, hovered));
}

/** What follows from the run on the screen. */
export function inspectCurrent() {
  const run = runsStore.getState().current;
  return (
    run && inspectRun(run, viewStore.getState().threshold ?? modelThreshold(run, engineStore.getState()))
  );
}

/** Selects the step that the verdict names, else the one with the lowest reward, unless one is selected already. */
export function selectVerdictStep(): void {
  const step = inspectCurrent()?.verdictStep;
  if (step !== undefined && viewStore.getState().selected === undefined) {
    select(step, "page");
  }
}

/** What is read off the run on the screen. */
export function readCurrent(): Reading | undefined {
  const run = runsStore.getState().current;
  const inspection = inspectCurrent();
  if (run === undefined || inspection === undefined) {
    return undefined;
  }
  const corrections = correctionsOf(tagCorrectionsStore.getState(), run.trace);
  const record = recordOfSource(collectionStore.getState(), run.source);
  return readRun(run, inspection, readText(run.trace), corrections, record);
}

/** The steps as the list shows them. */
function currentOrder(): readonly StepIndex[] {
  const { stepOrder } = viewStore.getState();
  const count = runsStore.getState().current?.trace.steps.length ?? 0;
  return orderSteps(stepOrder, count, stepOrder === "chain" ? [] : (readCurrent()?.disagreements ?? []));
}

/** Moves to the next (1) or previous (-1) step of the list. */
export function moveStep(direction: 1 | -1): void {
  const order = currentOrder();
  const { selected } = viewStore.getState();
  const place = selected === undefined ? -1 : order.indexOf(selected);
  const target = place < 0 ? (direction === 1 ? 0 : order.length - 1) : place + direction;
  const index = order[Math.max(0, Math.min(order.length - 1, target))];
  if (index !== undefined) {
    select(index, "keys");
  }
}

/** Moves to the first or the last step. */
export function selectEnd(end: "first" | "last"): void {
  const count = runsStore.getState().current?.trace.steps.length ?? 0;
  if (count > 0) {
    select(end === "first" ? 0 : count - 1, "keys");
  }
}

/** Moves to the next (1) or previous (-1) bad step; stays where it is when there is none. */
export function moveBadStep(direction: 1 | -1): void {
  const bad = inspectCurrent()?.bad ?? [];
  const from = viewStore.getState().selected ?? (direction === 1 ? -1 : Number.POSITIVE_INFINITY);
  const target = direction === 1 ? bad.find((index) => index > from) : bad.findLast((index) => index < from);
  if (target !== undefined) {
    select(target, "keys");
  }
}
