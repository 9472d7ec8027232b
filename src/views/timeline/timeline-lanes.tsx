import { usePlotArea } from "recharts";
import type { StepWindow } from "../../core/step-window.ts";
import type { Lane, Step } from "../../core/trace.ts";
import { stepScale } from "../step-scale.ts";

/** Narrower than this the band is drawn without its name. */
const NARROWEST_LABEL = 64;

interface Stretch {
  readonly lane: Lane;
  readonly from: number;
  readonly to: number;
}

/** Runs of steps in one lane, half-open, as far as they are in the window. */
function laneStretches(steps: readonly Step[], { from: first, to: last }: StepWindow): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const { lane, index } of steps.slice(first, last)) {
    const before = stretches.at(-1);
    if (before?.lane === lane) {
      stretches[stretches.length - 1] = { ...before, to: index + 1 };
    } else {
      stretches.push({ lane, from: index, to: index + 1 });
    }
  }
  return stretches;
}

interface LaneBandsProps {
  readonly steps: readonly Step[];
  readonly window: StepWindow;
}

/** Thinking and response as labelled bands behind everything; nothing when there is one lane only. */
export function LaneBands({ steps, window }: LaneBandsProps) {
  const plot = usePlotArea();
  if (plot === undefined || !steps.some((step) => step.lane === "thinking")) {
    return null;
  }
  const { pitch, xOf } = stepScale(plot, window);
  return (
    <g>
      {laneStretches(steps, window).map(({ lane, from, to }) => {
        const x = xOf(from) - pitch / 2;
        const width = (to - from) * pitch;
        return (
          <g key={from}>
            <rect
              x={x}
              y={plot.y - 18}
              width={width}
              height={plot.height + 18}
              fill={`var(--${lane}-band)`}
            />
            <rect x={x} y={plot.y - 18} width={Math.max(1, width - 1)} height={2} fill={`var(--${lane})`} />
            {width >= NARROWEST_LABEL && (
              <text x={x + 6} y={plot.y - 5} fontSize={11} fontWeight={550} fill={`var(--${lane})`}>
                {lane === "thinking" ? "Thinking" : "Response"}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
