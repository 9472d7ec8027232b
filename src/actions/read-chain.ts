/** Leads to what is read off the chain: where it goes wrong, and where model and arithmetic disagree. */
import type { StepTag } from "../core/step-tags.ts";
import type { StepIndex } from "../core/units.ts";
import { runsStore } from "../state/runs.ts";
import { correctTag, tagCorrectionsStore } from "../state/tag-corrections.ts";
import { type SelectionOrigin, viewStore } from "../state/view-state.ts";
import { readCurrent, select } from "./navigate.ts";

/** Selects the step where the chain goes wrong in this way; of several the next one, around the end. */
export function goToWrong(kind: "drop" | "no-return" | "recovered", from: SelectionOrigin): void {
  const wrongs = readCurrent()?.wrongs;
  switch (kind) {
    case "drop":
      selectNext([wrongs?.firstDrop?.index], from);
      break;
    case "no-return":
      selectNext([wrongs?.noReturn], from);
      break;
    case "recovered":
      selectNext(wrongs?.recovered.map((dip) => dip.from) ?? [], from);
      break;
  }
}

/** Selects the steps on which model and arithmetic disagree one after another, the strongest first. */
export function goToDisagreement(from: SelectionOrigin): void {
  const steps = readCurrent()?.disagreements.map(({ index }) => index) ?? [];
  const { selected } = viewStore.getState();
  const place = selected === undefined ? -1 : steps.indexOf(selected);
  const next = steps[(place + 1) % Math.max(1, steps.length)];
  if (next !== undefined) {
    select(next, from);
  }
}

/** Shows mathematics and code typeset, or as they are written. */
export function toggleRaw(): void {
  viewStore.setState(({ showsRaw }) => ({ showsRaw: !showsRaw }));
}

/** Changes between the list of steps and the ribbons from thinking to response. */
export function toggleRibbons(): void {
  viewStore.setState(({ stepsView }) => ({ stepsView: stepsView === "list" ? "ribbons" : "list" }));
}

/** @param tag Absent: what the rules say stands again. */
export function setTag(index: StepIndex, tag: StepTag | undefined): void {
  const trace = runsStore.getState().current?.trace;
  if (trace !== undefined) {
    tagCorrectionsStore.setState(correctTag(tagCorrectionsStore.getState(), trace, index, tag), true);
  }
}

function selectNext(steps: readonly (StepIndex | undefined)[], from: SelectionOrigin): void {
  const known = steps.filter((index) => index !== undefined);
  const { selected = -1 } = viewStore.getState();
  const next = known.find((index) => index > selected) ?? known[0];
  if (next !== undefined) {
    select(next, from);
  }
}
