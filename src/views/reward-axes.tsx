import { XAxis, YAxis } from "recharts";
import type { StepWindow } from "../core/step-window.ts";
import { type AxisRange, axisTicks } from "../ui/value-axis.ts";

/* The axes that all charts of rewards share. */

const MOST_TICKS = 16;
export const TICK = { fontSize: 11, fill: "var(--ink-3)" };

/**
 * Step numbers worth a tick: round multiples, and 1.
 * @param from How many steps stand before those that are shown.
 */
export function stepTicks(count: number, from = 0): readonly number[] {
  const rough = count / MOST_TICKS;
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
  const pitch = [1, 2, 5, 10].map((factor) => factor * magnitude).find((step) => step >= rough) ?? 1;
  if (pitch === 1) {
    return Array.from({ length: count }, (_, index) => from + index + 1);
  }
  const first = Math.floor(from / pitch) + 1;
  const last = Math.floor((from + count) / pitch);
  const rounds = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * pitch);
  return from === 0 ? [1, ...rounds] : rounds;
}

/** Every line has its number, with a real minus sign. */
function formatTick(value: number): string {
  return value.toFixed(value % 0.5 === 0 ? 1 : 2).replace("-", "−");
}

/** Steps, or rows of an alignment, counted from 1. */
export function StepAxis({ from, to }: StepWindow) {
  return (
    <XAxis
      type="number"
      dataKey="x"
      domain={[from + 0.5, to + 0.5]}
      allowDataOverflow
      ticks={[...stepTicks(to - from, from)]}
      interval="preserveStartEnd"
      tick={TICK}
      tickLine={false}
      axisLine={{ stroke: "var(--line-strong)" }}
      height={26}
      tickMargin={7}
    />
  );
}

/** Rewards, or shares of them. */
export function RewardAxis({ range }: { readonly range: AxisRange }) {
  return (
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
  );
}
