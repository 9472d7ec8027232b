import { usePlotArea } from "recharts";
import type { StepWindow } from "../../core/step-window.ts";
import type { StepIndex } from "../../core/units.ts";
import { useFind } from "../../state/find.ts";
import { stepScale } from "../step-scale.ts";

interface TimelineHitsProps {
  /** Steps that meet what is looked for, increasing. */
  readonly steps: readonly StepIndex[];
  readonly window: StepWindow;
}

const TICK_HEIGHT = 8;

/** A tick from the top for every step that is found; the one that one has gone to reaches down. */
export function TimelineHits({ steps, window }: TimelineHitsProps) {
  const plot = usePlotArea();
  const current = useFind((state) => state.current?.step);
  if (plot === undefined || steps.length === 0) {
    return null;
  }
  const { xOf, has } = stepScale(plot, window);
  return (
    <g
      pointerEvents="none"
      data-testid="timeline-hits"
      data-count={steps.length}
      stroke="var(--hit-mark)"
      strokeWidth={2}
    >
      <path
        d={steps
          .filter(has)
          .map((index) => `M${xOf(index).toFixed(1)} ${plot.y}v${TICK_HEIGHT}`)
          .join("")}
      />
      {current !== undefined && has(current) && (
        <path d={`M${xOf(current)} ${plot.y}v${plot.height}`} strokeOpacity={0.7} />
      )}
    </g>
  );
}
