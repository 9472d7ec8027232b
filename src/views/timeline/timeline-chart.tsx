import { useMemo } from "react";
import {
  CartesianGrid,
  ComposedChart,
  DefaultZIndexes,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  ZIndexLayer,
} from "recharts";
import { type StepWindow, widthOf } from "../../core/step-window.ts";
import type { StepIndex } from "../../core/units.ts";
import type { StepRewards } from "../../core/verdict.ts";
import { findInRun, useFind } from "../../state/find.ts";
import type { Inspection } from "../../state/inspection.ts";
import type { Reading } from "../../state/reading.ts";
import type { Run } from "../../state/runs.ts";
import { plural } from "../../ui/format-number.ts";
import { wrongsSentence } from "../reading-words.ts";
import { RewardAxis, StepAxis } from "../reward-axes.tsx";
import { LabelTrack } from "../source-label.tsx";
import { formatThreshold, verdictSentence } from "../verdict-words.ts";
import { FirstErrorFlag } from "./timeline-flag.tsx";
import { GhostCurve } from "./timeline-ghost.tsx";
import { TimelineHits } from "./timeline-hits.tsx";
import { LaneBands } from "./timeline-lanes.tsx";
import { StepMarks, UnscoredMarks } from "./timeline-marks.tsx";
import { PointerLayer } from "./timeline-pointer.tsx";
import { RangeMark } from "./timeline-range.tsx";
import { TimelineTracks, TRACKS_HEIGHT } from "./timeline-tracks.tsx";

/*
 * recharts lays out and draws the axes, the grid, the lines and the threshold. The marks are layers of our
 * own over its plot area: a handful of paths, where one element a step would make a thousand steps lag.
 */
export interface TimelineChartProps {
  readonly run: Run;
  readonly inspection: Inspection;
  readonly reading: Reading;
  /** Undefined while no model is loaded that has one. */
  readonly threshold: number | undefined;
  /** The chosen aggregate up to each step, on the axis of the rewards. */
  readonly running: readonly (number | undefined)[];
  /** The rewards of before an edit. */
  readonly ghost: readonly (number | undefined)[] | undefined;
  /** The steps that are shown. */
  readonly window: StepWindow;
  readonly onHover: (index: StepIndex | undefined) => void;
  readonly onSelect: (index: StepIndex) => void;
}

const MARGIN = { top: 22, right: 40, bottom: TRACKS_HEIGHT, left: 0 };
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
/** What the lines are drawn from: every step of the window and its neighbours, or every n-th of very many. */
function linePoints(
  rewards: StepRewards,
  running: readonly (number | undefined)[],
  { from, to }: StepWindow,
) {
  const stride = Math.ceil((to - from) / MOST_POINTS);
  const first = Math.max(0, Math.floor((from - 1) / stride) * stride);
  const last = Math.min(rewards.length - 1, Math.ceil(to / stride) * stride);
  const points = [];
  for (let index = first; index <= last; index += index === last ? 1 : Math.min(stride, last - index)) {
    points.push({ x: index + 1, reward: rewards[index] ?? null, running: running[index] ?? null });
  }
  return points;
}

export function TimelineChart(props: TimelineChartProps) {
  const { run, inspection, reading, threshold, running, ghost, window, onHover, onSelect } = props;
  const { rewards, firstError, range } = inspection;
  const shown = widthOf(window);
  const data = useMemo(() => linePoints(rewards, running, window), [rewards, running, window]);
  const verdict = verdictSentence(rewards, inspection.threshold);
  const turns = wrongsSentence(reading.wrongs);
  const summary = `Reward of each of ${plural(rewards.length, "step")}. ${verdict} ${turns}`.trimEnd();
  return (
    <div role="img" aria-label={summary} className="-ml-1.5 h-full">
      <ResponsiveContainer width="100%" height="100%" debounce={0}>
        <ComposedChart data={[...data]} margin={MARGIN} accessibilityLayer={false}>
          <LaneBands steps={run.trace.steps} window={window} />
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <StepAxis {...window} />
          <RewardAxis range={range} />
          <UnscoredMarks rewards={rewards} window={window} />
          {range[0] < 0 && <ReferenceLine y={0} stroke="var(--line-strong)" strokeWidth={1} />}
          {ghost && <GhostCurve before={ghost} range={range} window={window} />}
          <StepMarks rewards={rewards} threshold={inspection.threshold} range={range} window={window} />
          {shown <= MOST_JOINED && (
            <Line dataKey="reward" stroke="var(--ink-3)" strokeOpacity={0.6} strokeWidth={1} {...LINE} />
          )}
          <Line dataKey="running" stroke="var(--line-casing)" strokeWidth={3.5} {...LINE} />
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
              <FirstErrorFlag index={firstError} window={window} />
            </ZIndexLayer>
          )}
          <LabelTrack labels={reading.labels} window={window} />
          <FoundSteps {...props} />
          <TimelineTracks window={window} reading={reading} />
          <RangeMark window={window} />
          <PointerLayer
            window={window}
            isZoomed={shown < rewards.length}
            onHover={onHover}
            onSelect={onSelect}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

/** Reads what is found by itself, so that typing it redraws its marks and not the chart. */
function FoundSteps({ run, inspection, reading, window }: TimelineChartProps) {
  const find = useFind((state) => state);
  const outcome = findInRun(find, run, inspection, reading);
  return (
    <TimelineHits steps={outcome.kind === "found" ? [...outcome.found.spans.keys()] : []} window={window} />
  );
}
