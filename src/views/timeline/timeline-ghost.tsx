import { usePlotArea } from "recharts";
import type { StepWindow } from "../../core/step-window.ts";
import type { Probability } from "../../core/units.ts";
import type { AxisRange } from "../../ui/value-axis.ts";
import { stepScale } from "../step-scale.ts";
import { NARROWEST_DOT_PITCH, yOf } from "./timeline-marks.tsx";

interface GhostCurveProps {
  /** What each step's reward was before the edit. */
  readonly before: readonly (Probability | undefined)[];
  /** Of the axis. */
  readonly range: AxisRange;
  readonly window: StepWindow;
}

const DOT_RADIUS = 3;

/** The curve of before an edit, behind the new one: hollow dots on a dashed line, one path each. */
export function GhostCurve({ before, range, window }: GhostCurveProps) {
  const plot = usePlotArea();
  if (plot === undefined) {
    return null;
  }
  const { pitch, xOf, from } = stepScale(plot, window);
  let line = "";
  let dots = "";
  let isJoined = false;
  for (const [place, reward] of before.slice(window.from, window.to).entries()) {
    if (reward === undefined) {
      isJoined = false;
      continue;
    }
    const x = xOf(from + place).toFixed(2);
    const y = yOf(reward, range, plot).toFixed(2);
    line += `${isJoined ? "L" : "M"}${x} ${y}`;
    dots += `M${Number(x) - DOT_RADIUS} ${y}a${DOT_RADIUS} ${DOT_RADIUS} 0 1 0 ${2 * DOT_RADIUS} 0a${DOT_RADIUS} ${DOT_RADIUS} 0 1 0 ${-2 * DOT_RADIUS} 0`;
    isJoined = true;
  }
  return (
    <g pointerEvents="none" data-testid="ghost" fill="none" stroke="var(--ink-3)">
      <path d={line} strokeDasharray="2 3" strokeWidth={1.25} />
      {pitch >= NARROWEST_DOT_PITCH && <path d={dots} fill="var(--surface)" strokeWidth={1} />}
    </g>
  );
}
