import type { StepWindow } from "../core/step-window.ts";
import type { StepIndex } from "../core/units.ts";

/** Where steps stand on a timeline that shows a window of them. */
export interface StepScale extends StepWindow {
  /** Width of a step, in CSS pixels. */
  readonly pitch: number;
  /** Middle of a step, in CSS pixels; outside of the plot for one outside of the window. */
  readonly xOf: (index: StepIndex) => number;
  readonly has: (index: StepIndex) => boolean;
}

export function stepScale(
  plot: { readonly x: number; readonly width: number },
  { from, to }: StepWindow,
): StepScale {
  const pitch = plot.width / Math.max(1, to - from);
  return {
    from,
    to,
    pitch,
    xOf: (index) => plot.x + (index - from + 0.5) * pitch,
    has: (index) => index >= from && index < to,
  };
}
