import { useMemo } from "react";
import {
  CartesianGrid,
  ComposedChart,
  DefaultZIndexes,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
  ZIndexLayer,
} from "recharts";
import type { StepIndex } from "../core/units.ts";
import type { StepRewards } from "../core/verdict.ts";
import type { Inspection } from "../state/inspection.ts";
import type { Reading } from "../state/reading.ts";
import { isUnderWay, type Run } from "../state/runs.ts";
import { classNames } from "../ui/class-names.ts";
import { plural } from "../ui/format-number.ts";
import { axisTicks } from "../ui/value-axis.ts";
import { wrongsSentence } from "./reading-words.ts";
import { FirstErrorFlag } from "./timeline-flag.tsx";
import { GhostCurve } from "./timeline-ghost.tsx";
import { LaneBands } from "./timeline-lanes.tsx";
import { TimelineLegend } from "./timeline-legend.tsx";
import { StepMarks, UnscoredMarks } from "./timeline-marks.tsx";
import { PointerLayer } from "./timeline-pointer.tsx";
import { TimelineTracks, TRACKS_HEIGHT } from "./timeline-tracks.tsx";
import { SumsLegend } from "./tracks-legend.tsx";
import { formatThreshold, verdictSentence } from "./verdict-words.ts";

/*
 * recharts lays out and draws the axes, the grid, the lines and the threshold. The marks are layers of our
 * own over its plot area: a handful of paths, where one element a step would make a thousand steps lag.
 */
interface TimelineChartProps {
  /** Whether it has the whole page. */
  readonly isMaximised: boolean;
  readonly run: Run;
  readonly inspection: Inspection;
  readonly reading: Reading;
  /** Undefined while no model is loaded that has one. */
  readonly threshold: number | undefined;
  /** The chosen aggregate up to each step, in [0, 1]; below where rewards are. */
  readonly running: readonly (number | undefined)[];
  readonly aggregateLabel: string;
  readonly aggregateScale: number;
  /** The rewards of before an edit. */
  readonly ghost: readonly (number | undefined)[] | undefined;
  readonly onHover: (index: StepIndex | undefined) => void;
  readonly onSelect: (index: StepIndex) => void;
}

const MARGIN = { top: 22, right: 40, bottom: TRACKS_HEIGHT, left: 0 };
const MOST_TICKS = 16;
/** With more steps than this a line between rewards is noise; the bars keep the shape. */
const MOST_JOINED = 240;
/** Points of a line; more cannot be told apart on any screen. */
const MOST_POINTS = 320;
const LINE = { type: "linear", dot: false, activeDot: false, isAnimationActive: false } as const;
const THRESHOLD_LABEL = {
  position: "right",
  offset: 6,
  fontSize: 11,
  fontWeight: 600,
  fill: "var(--ink-2)",
} as const;
export const TICK = { fontSize: 11, fill: "var(--ink-3)" };

/** Step numbers worth a tick: 1, then round multiples. */
export function stepTicks(count: number): readonly number[] {
  const rough = count / MOST_TICKS;
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
  const pitch = [1, 2, 5, 10].map((factor) => factor * magnitude).find((step) => step >= rough) ?? 1;
  if (pitch === 1) {
    return Array.from({ length: count }, (_, index) => index + 1);
  }
  const rounds = Array.from({ length: Math.floor(count / pitch) }, (_, index) => (index + 1) * pitch);
  return [1, ...rounds];
}

/** Halves have their number, with a real minus sign. */
export function formatTick(value: number): string {
  return value % 0.5 === 0 ? value.toFixed(1).replace("-", "−") : "";
}

/** What the lines are drawn from: every step, or every n-th of very many. */
function linePoints(rewards: StepRewards, running: readonly (number | undefined)[]) {
  const stride = Math.ceil(rewards.length / MOST_POINTS);
  return rewards.flatMap((reward, index) =>
    index % stride === 0 || index === rewards.length - 1
      ? [{ x: index + 1, reward: reward ?? null, running: running[index] ?? null }]
      : [],
  );
}

export function TimelineChart(props: TimelineChartProps) {
  const {
    isMaximised,
    run,
    inspection,
    reading,
    threshold,
    running,
    aggregateLabel,
    aggregateScale,
    ghost,
    onHover,
    onSelect,
  } = props;
  const { rewards, firstError, range } = inspection;
  const count = rewards.length;
  const data = useMemo(() => linePoints(rewards, running), [rewards, running]);
  const verdict = verdictSentence(rewards, inspection.threshold);
  const turns = wrongsSentence(reading.wrongs, !isUnderWay(run));
  const summary = `Reward of each of ${plural(count, "step")}. ${verdict} ${turns}`.trimEnd();
  return (
    <section
      aria-label="Timeline"
      className={classNames(
        "min-w-0 px-5 pt-3 pb-2 [@media(height<800px)]:pt-2 [@media(height<800px)]:pb-1",
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
      <div
        role="img"
        aria-label={summary}
        className={classNames(
          "-ml-1.5",
          isMaximised ? "min-h-64 flex-1" : "h-[208px] xl:[@media(height<800px)]:h-[146px]",
        )}
      >
        <ResponsiveContainer width="100%" height="100%" debounce={0}>
          <ComposedChart data={[...data]} margin={MARGIN} accessibilityLayer={false}>
            <LaneBands steps={run.trace.steps} />
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              type="number"
              dataKey="x"
              domain={[0.5, count + 0.5]}
              ticks={[...stepTicks(count)]}
              interval="preserveStartEnd"
              tick={TICK}
              tickLine={false}
              axisLine={{ stroke: "var(--line-strong)" }}
              height={26}
              tickMargin={7}
            />
            <YAxis
              domain={[...range]}
              allowDataOverflow
              ticks={[...axisTicks(range)]}
              tick={TICK}
              tickLine={false}
              axisLine={false}
              width={40}
              tickFormatter={formatTick}
            />
            <UnscoredMarks rewards={rewards} />
            {range[0] < 0 && <ReferenceLine y={0} stroke="var(--line-strong)" strokeWidth={1} />}
            {ghost && <GhostCurve before={ghost} range={range} />}
            <StepMarks rewards={rewards} threshold={inspection.threshold} range={range} />
            {count <= MOST_JOINED && (
              <Line dataKey="reward" stroke="var(--ink-3)" strokeOpacity={0.6} strokeWidth={1} {...LINE} />
            )}
            <Line dataKey="running" stroke="var(--accent)" strokeWidth={1.25} {...LINE} />
            {threshold !== undefined && (
              <ReferenceLine
                y={threshold}
                stroke="var(--ink-2)"
                strokeDasharray="4 3"
                strokeWidth={1}
                label={{ value: formatThreshold(threshold), ...THRESHOLD_LABEL }}
              />
            )}
            {firstError >= 0 && (
              // Over the lines, which recharts draws above all that has no layer.
              <ZIndexLayer zIndex={DefaultZIndexes.scatter}>
                <FirstErrorFlag index={firstError} count={count} />
              </ZIndexLayer>
            )}
            <TimelineTracks count={count} reading={reading} />
            <PointerLayer count={count} onHover={onHover} onSelect={onSelect} />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
      <SumsLegend />
    </section>
  );
}
