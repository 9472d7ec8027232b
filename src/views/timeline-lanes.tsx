import { usePlotArea } from "recharts";
import type { Lane, Step } from "../core/trace.ts";

/** Narrower than this the band is drawn without its name. */
const NARROWEST_LABEL = 64;

interface Stretch {
  readonly lane: Lane;
  readonly from: number;
  readonly to: number;
}

/** Runs of steps in one lane, half-open. */
function laneStretches(steps: readonly Step[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const { lane, index } of steps) {
    const last = stretches.at(-1);
    if (last?.lane === lane) {
      stretches[stretches.length - 1] = { ...last, to: index + 1 };
    } else {
      stretches.push({ lane, from: index, to: index + 1 });
    }
  }
  return stretches;
}

/** Thinking and response as labelled bands behind everything; nothing when there is one lane only. */
export function LaneBands({ steps }: { readonly steps: readonly Step[] }) {
  const plot = usePlotArea();
  if (plot === undefined || !steps.some((step) => step.lane === "thinking")) {
    return null;
  }
  const pitch = plot.width / steps.length;
  return (
    <g>
      {laneStretches(steps).map(({ lane, from, to }) => {
        const x = plot.x + from * pitch;
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
