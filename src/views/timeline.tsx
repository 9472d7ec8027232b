import { useMemo, useRef } from "react";
import { useTimelineWindow, windowOf } from "../state/timeline-window.ts";
import { classNames } from "../ui/class-names.ts";
import { useWidth } from "../ui/use-width.ts";
import { RangePanel } from "./range-panel.tsx";
import { TimelineChart, type TimelineChartProps } from "./timeline-chart.tsx";
import { TimelineLegend } from "./timeline-legend.tsx";
import { TimelineMinimap } from "./timeline-minimap.tsx";
import { SumsLegend } from "./tracks-legend.tsx";

interface TimelineProps extends Omit<TimelineChartProps, "window"> {
  readonly aggregateLabel: string;
  /** What the aggregate is divided by to fit the axis; 1 for most. */
  readonly aggregateScale: number;
}

/** What the chart's axes take of its width, in CSS pixels. */
const AXES = 74;
/** Steps closer than this cannot be pointed at one by one: then the chain needs a map of the whole. */
const NARROWEST_STEP = 6;

/** The rewards of a chain over its steps: the whole as a map where it is long, and below it a window on it. */
export function Timeline({ aggregateLabel, aggregateScale, ...chart }: TimelineProps) {
  const { run, inspection, reading, ghost } = chart;
  const count = inspection.rewards.length;
  const stored = useTimelineWindow();
  const window = useMemo(() => windowOf(stored, count), [stored, count]);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const isLong = width !== undefined && (width - AXES) / count < NARROWEST_STEP;
  return (
    <section
      aria-label="Timeline"
      className={classNames(
        "min-w-0 px-5 pt-3 pb-2 [@media(height<800px)]:pt-2 [@media(height<800px)]:pb-1",
        chart.isMaximised && "flex min-h-0 flex-1 flex-col",
      )}
    >
      <TimelineLegend
        run={run}
        inspection={inspection}
        wrongs={reading.wrongs}
        aggregateLabel={aggregateLabel}
        scale={aggregateScale}
        hasGhost={ghost !== undefined}
      />
      <div ref={box} className={classNames(chart.isMaximised && "flex min-h-0 flex-1 flex-col")}>
        {(isLong || stored.window !== undefined) && (
          <TimelineMinimap run={run} inspection={inspection} reading={reading} window={window} />
        )}
        <TimelineChart {...chart} window={window} />
      </div>
      <SumsLegend />
      <RangePanel run={run} inspection={inspection} />
    </section>
  );
}
