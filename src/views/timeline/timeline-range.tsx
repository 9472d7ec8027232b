import { usePlotArea } from "recharts";
import { endsOf } from "../../core/step-range.ts";
import type { StepWindow } from "../../core/step-window.ts";
import { useStepRange } from "../../state/step-range.ts";
import { stepScale } from "../step-scale.ts";

/** The range of steps that was chosen, as far as it is shown. */
export function RangeMark({ window }: { readonly window: StepWindow }) {
  const plot = usePlotArea();
  const range = useStepRange();
  if (plot === undefined || range === undefined) {
    return null;
  }
  const { pitch, xOf, from, to } = stepScale(plot, window);
  const [first, last] = endsOf(range);
  if (last < from || first >= to) {
    return null;
  }
  const left = xOf(Math.max(first, from)) - pitch / 2;
  const right = xOf(Math.min(last, to - 1)) + pitch / 2;
  // An end that is beyond the window has no line.
  const ends = `${first >= from ? `M${left} ${plot.y}v${plot.height}` : ""}${last < to ? `M${right} ${plot.y}v${plot.height}` : ""}`;
  return (
    <g pointerEvents="none" data-testid="range">
      <rect
        x={left}
        y={plot.y}
        width={right - left}
        height={plot.height}
        fill="var(--accent)"
        fillOpacity={0.1}
      />
      <path d={ends} stroke="var(--accent)" strokeWidth={1} />
    </g>
  );
}
