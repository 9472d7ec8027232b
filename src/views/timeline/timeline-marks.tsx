import { useId } from "react";
import { usePlotArea } from "recharts";
import type { StepWindow } from "../../core/step-window.ts";
import { badSteps, type StepRewards } from "../../core/verdict.ts";
import { BINS, type Bin, divergingBin } from "../../ui/diverging-scale.ts";
import { type AxisRange, axisShare } from "../../ui/value-axis.ts";
import { type StepScale, stepScale } from "../step-scale.ts";

interface Plot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const WIDEST_BAR = 28;
const BAR_SHARE = 0.64;
const DOT_RADIUS = 3.5;
/** Dots closer than this would touch; then only the bars are drawn, at full strength. */
export const NARROWEST_DOT_PITCH = 9;
const SHORTEST_BAR = 1.5;

/** One path a bin: eight nodes in the document however many steps there are. Bars begin at zero. */
function barPaths(
  { rewards, threshold, range }: StepMarksProps,
  plot: Plot,
  { pitch, xOf, from, to }: StepScale,
): ReadonlyMap<Bin, string> {
  const width = Math.max(Math.min(pitch, 1), Math.min(WIDEST_BAR, pitch * BAR_SHARE));
  const paths = new Map<Bin, string>();
  const zero = yOf(0, range, plot);
  for (const [place, reward] of rewards.slice(from, to).entries()) {
    if (reward !== undefined) {
      const bin = divergingBin(reward, threshold);
      const x = xOf(from + place) - width / 2;
      const height = zero - yOf(reward, range, plot);
      const seen = Math.abs(height) < SHORTEST_BAR ? (reward < 0 ? -SHORTEST_BAR : SHORTEST_BAR) : height;
      const bar = `M${x.toFixed(2)} ${zero}v${(-seen).toFixed(2)}h${width.toFixed(2)}v${seen.toFixed(2)}z`;
      paths.set(bin, `${paths.get(bin) ?? ""}${bar}`);
    }
  }
  return paths;
}

export function yOf(value: number, range: AxisRange, plot: Plot): number {
  return plot.y + (1 - axisShare(value, range)) * plot.height;
}

interface StepMarksProps {
  readonly rewards: StepRewards;
  readonly threshold: number;
  /** Of the axis. */
  readonly range: AxisRange;
  readonly window: StepWindow;
}

export function StepMarks(props: StepMarksProps) {
  const { rewards, threshold, range, window } = props;
  const plot = usePlotArea();
  if (plot === undefined || rewards.length === 0) {
    return null;
  }
  const scale = stepScale(plot, window);
  const { pitch, xOf, from, to } = scale;
  const hasDots = pitch >= NARROWEST_DOT_PITCH;
  const paths = barPaths(props, plot, scale);
  return (
    <g>
      {BINS.map((bin) => (
        <path
          key={bin}
          data-bin={bin}
          d={paths.get(bin) ?? ""}
          fill="var(--bin-mark)"
          stroke={hasDots ? "var(--bin-edge)" : "none"}
          className={hasDots ? "[fill-opacity:var(--bar-fill)]" : "[fill-opacity:max(var(--bar-fill),0.7)]"}
        />
      ))}
      {hasDots &&
        rewards.slice(from, to).map((reward, place) =>
          reward === undefined ? null : (
            <circle
              // biome-ignore lint/suspicious/noArrayIndexKey: a dot is its place
              key={place}
              data-bin={divergingBin(reward, threshold)}
              cx={xOf(from + place)}
              cy={yOf(reward, range, plot)}
              r={DOT_RADIUS}
              fill="var(--bin-mark)"
              stroke="var(--surface)"
            />
          ),
        )}
      {!hasDots && <BadRug rewards={rewards} threshold={threshold} plot={plot} scale={scale} />}
    </g>
  );
}

interface BadRugProps extends Pick<StepMarksProps, "rewards" | "threshold"> {
  readonly plot: Plot;
  readonly scale: StepScale;
}

/** Bad steps have short bars, which a dense chart would hide: a tick under the axis shows each. */
function BadRug({ rewards, threshold, plot, scale }: BadRugProps) {
  const { pitch, xOf, has } = scale;
  const top = plot.y + plot.height + 1;
  const ticks = badSteps(rewards, threshold)
    .filter(has)
    .map((index) => `M${xOf(index).toFixed(1)} ${top}v5`);
  return <path d={ticks.join("")} stroke="var(--bad)" strokeWidth={Math.max(1, Math.min(2, pitch))} />;
}

/** Stretches of steps without a reward, hatched. One rectangle a stretch. */
export function UnscoredMarks({ rewards, window }: Pick<StepMarksProps, "rewards" | "window">) {
  const plot = usePlotArea();
  const pattern = useId();
  if (plot === undefined || !rewards.includes(undefined)) {
    return null;
  }
  const { pitch, xOf, from: first } = stepScale(plot, window);
  const stretches: { from: number; to: number }[] = [];
  for (const [place, reward] of rewards.slice(window.from, window.to).entries()) {
    const index = first + place;
    const last = stretches.at(-1);
    if (reward === undefined && last?.to === index) {
      last.to = index + 1;
    } else if (reward === undefined) {
      stretches.push({ from: index, to: index + 1 });
    }
  }
  return (
    <g>
      <defs>
        <pattern
          id={pattern}
          width={6}
          height={6}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line x1={0} x2={0} y1={0} y2={6} stroke="var(--hatch)" strokeWidth={1.5} />
        </pattern>
      </defs>
      {stretches.map(({ from, to }) => (
        <rect
          key={from}
          x={xOf(from) - pitch / 2}
          y={plot.y}
          width={(to - from) * pitch}
          height={plot.height}
          fill={`url(#${pattern})`}
          fillOpacity={0.55}
        />
      ))}
    </g>
  );
}
