import { type CSSProperties, useMemo, useRef } from "react";
import { usePanes } from "../../state/panes.ts";
import { useTimelineWindow, windowOf } from "../../state/timeline-window.ts";
import { classNames } from "../../ui/class-names.ts";
import { useSize } from "../../ui/use-size.ts";
import { PaneSplitter } from "../pane-splitter.tsx";
import { RangePanel } from "./range-panel.tsx";
import { TimelineChart, type TimelineChartProps } from "./timeline-chart.tsx";
import { TimelineLegend } from "./timeline-legend.tsx";
import { TimelineMinimap } from "./timeline-minimap.tsx";
import { SumsLegend } from "./tracks-legend.tsx";

interface TimelineProps extends Omit<TimelineChartProps, "window"> {
  /** Whether it has the whole page. */
  readonly isMaximised: boolean;
  readonly aggregateLabel: string;
  /** What the aggregate is divided by to fit the axis; 1 for most. */
  readonly aggregateScale: number;
}

/** What the chart's axes take of its width, in CSS pixels. */
const AXES = 74;
/** Steps closer than this cannot be pointed at one by one: then the chain needs a map of the whole. */
const NARROWEST_STEP = 6;

/** The rewards of a chain over its steps: the whole as a map where it is long, and below it a window on it. */
export function Timeline({ isMaximised, aggregateLabel, aggregateScale, ...chart }: TimelineProps) {
  const { run, inspection, reading, ghost } = chart;
  const count = inspection.rewards.length;
  const stored = useTimelineWindow();
  const window = useMemo(() => windowOf(stored, count), [stored, count]);
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(box) ?? {};
  const chosen = usePanes((state) => state.timeline);
  const isLong = width !== undefined && (width - AXES) / count < NARROWEST_STEP;
  return (
    <section
      aria-label="Timeline"
      className={classNames(
        "relative min-w-0 px-5 pt-3 pb-2 [@media(height<800px)]:pt-2 [@media(height<800px)]:pb-1",
        isMaximised && "flex min-h-0 flex-1 flex-col",
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
      {(isLong || stored.window !== undefined) && (
        <TimelineMinimap run={run} inspection={inspection} reading={reading} window={window} />
      )}
      <div
        ref={box}
        className={
          isMaximised
            ? "min-h-64 flex-1"
            : classNames(
                "h-[208px]",
                chosen === undefined
                  ? "xl:[@media(height<800px)]:h-[142px]"
                  : "xl:h-(--timeline-height) print:h-[208px]",
              )
        }
        style={{ "--timeline-height": `${chosen}px` } as CSSProperties}
      >
        <TimelineChart {...chart} window={window} />
      </div>
      <SumsLegend />
      <RangePanel run={run} inspection={inspection} />
      {!isMaximised && (
        <div className="max-xl:hidden print:hidden">
          <PaneSplitter pane="timeline" edge="bottom" label="Height of the timeline" measured={height} />
        </div>
      )}
    </section>
  );
}
