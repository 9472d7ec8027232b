/**
 * A window on the steps of a long chain: the stretch of it that a timeline shows. Always whole steps, at
 * least one, always inside the chain. Drawn, dragged or zoomed by hand it does not get narrower than `LEAST_SHOWN`; a
 * stretch that is named by its ends is shown as it is.
 */
import type { StepIndex } from "./units.ts";

/** Half-open. */
export interface StepWindow {
  readonly from: StepIndex;
  readonly to: StepIndex;
}

/** With fewer, marks stand so far apart that a window says nothing of its surroundings. */
export const LEAST_SHOWN = 8;

export function wholeWindow(count: number): StepWindow {
  return { from: 0, to: count };
}

export function widthOf({ from, to }: StepWindow): number {
  return to - from;
}

export function isWhole(window: StepWindow, count: number): boolean {
  return window.from === 0 && window.to === count;
}

/** The nearest window of so many steps, given where it begins. */
function placeWindow(from: number, width: number, count: number): StepWindow {
  const steps = Math.min(count, Math.max(1, Math.round(width)));
  const begin = Math.max(0, Math.min(count - steps, Math.round(from)));
  return { from: begin, to: begin + steps };
}

/** Fits a window into a chain of `count` steps. */
export function fitWindow({ from, to }: StepWindow, count: number): StepWindow {
  return placeWindow(from, to - from, count);
}

/** How narrow a hand may make it: one that is narrower already gets no narrower. */
function leastOf(window: StepWindow): number {
  return Math.min(LEAST_SHOWN, widthOf(window));
}

/** Moves it by this many steps, as far as the chain goes. */
export function panWindow(window: StepWindow, by: number, count: number): StepWindow {
  return placeWindow(window.from + by, widthOf(window), count);
}

/**
 * Shows `factor` times as many steps; by at least one more or fewer, as far as there are so many.
 *
 * @param at What stays where it is: a position between 0 and `count`.
 */
export function zoomWindow(window: StepWindow, factor: number, at: number, count: number): StepWindow {
  const width = widthOf(window);
  const wanted = factor < 1 ? Math.min(width - 1, width * factor) : Math.max(width + 1, width * factor);
  const steps = Math.min(count, Math.max(leastOf(window), Math.round(wanted)));
  const share = width === 0 ? 0 : (at - window.from) / width;
  return placeWindow(at - share * steps, steps, count);
}

/** Moves one end of it to a position; the other stays. */
export function resizeWindow(window: StepWindow, end: "from" | "to", at: number, count: number): StepWindow {
  const { from, to } = window;
  const least = leastOf(window);
  return end === "from"
    ? { from: Math.max(0, Math.min(to - least, Math.round(at))), to }
    : { from, to: Math.min(count, Math.max(from + least, Math.round(at))) };
}

/** Moves it so that the step is in it, in its middle if it was not. */
export function revealStep(window: StepWindow, index: StepIndex, count: number): StepWindow {
  return index >= window.from && index < window.to
    ? window
    : placeWindow(index + 0.5 - widthOf(window) / 2, widthOf(window), count);
}

/** Two positions drawn one after the other, in any direction, as a window. */
export function windowBetween(a: number, b: number, count: number): StepWindow {
  const [low, high] = [Math.floor(Math.min(a, b)), Math.ceil(Math.max(a, b))];
  const width = Math.max(LEAST_SHOWN, high - low);
  return placeWindow(low - (width - (high - low)) / 2, width, count);
}
