/** Travels over a long chain: what of it the timeline shows. */
import {
  panWindow,
  resizeWindow,
  revealStep,
  type StepWindow,
  widthOf,
  zoomWindow,
} from "../core/step-window.ts";
import type { StepIndex } from "../core/units.ts";
import { runsStore } from "../state/runs.ts";
import { showWindow, timelineWindowStore, windowOf } from "../state/timeline-window.ts";
import { viewStore } from "../state/view-state.ts";

/** What one press of a key does. */
const ZOOM_STEP = 1.5;

function change(next: (window: StepWindow, count: number) => StepWindow): void {
  const count = runsStore.getState().current?.trace.steps.length ?? 0;
  if (count > 0) {
    const window = windowOf(timelineWindowStore.getState(), count);
    timelineWindowStore.setState(showWindow(next(window, count), count), true);
  }
}

/** Shows these steps. */
export function showSteps(window: StepWindow): void {
  change(() => window);
}

export function showAllSteps(): void {
  timelineWindowStore.setState({ window: undefined }, true);
}

/**
 * Shows `factor` times as many steps.
 * @param at The position that stays where it is, from 0 to the number of steps.
 */
export function zoomAt(factor: number, at: number): void {
  change((window, count) => zoomWindow(window, factor, at, count));
}

/** Zooms in (1) or out (-1) by one press of a key: round the selected step if it is shown, else round the middle. */
export function zoomByKey(direction: 1 | -1): void {
  const { selected } = viewStore.getState();
  change((window, count) => {
    const isShown = selected !== undefined && selected >= window.from && selected < window.to;
    const at = isShown ? selected + 0.5 : (window.from + window.to) / 2;
    return zoomWindow(window, direction === 1 ? 1 / ZOOM_STEP : ZOOM_STEP, at, count);
  });
}

/** Moves the window by this many steps. */
export function panBy(steps: number): void {
  change((window, count) => panWindow(window, steps, count));
}

/** Moves the window so that it begins at this position. */
export function panTo(from: number): void {
  change((window, count) => panWindow(window, from - window.from, count));
}

/** Moves the window so that this position is its middle. */
export function centreOn(at: number): void {
  change((window, count) => panWindow(window, at - widthOf(window) / 2 - window.from, count));
}

export function moveEdge(edge: "from" | "to", at: number): void {
  change((window, count) => resizeWindow(window, edge, at, count));
}

/** Moves the window to a step that is not in it. */
export function bringIntoWindow(index: StepIndex): void {
  change((window, count) => (index < count ? revealStep(window, index, count) : window));
}
