/** Bars on an axis that may reach below zero: they begin at zero, and go the way of their sign. */

/** Least and greatest number of an axis; zero is one of them or between. */
export type AxisRange = readonly [low: number, high: number];

/** Where a value stands between the ends of its axis, from 0 to 1. What is beyond an end stands at it. */
export function axisShare(value: number, [low, high]: AxisRange): number {
  return Math.max(0, Math.min(1, (value - low) / (high - low)));
}

/** The two ends of a value's bar as shares of the axis, the lower first. */
export function barEnds(value: number, range: AxisRange): readonly [from: number, to: number] {
  const [zero, end] = [axisShare(0, range), axisShare(value, range)];
  return zero <= end ? [zero, end] : [end, zero];
}

/** Numbers worth a line: every quarter of an axis from 0 to 1, every half of one from -1. */
export function axisTicks([low, high]: AxisRange): readonly number[] {
  const pitch = (high - low) / 4;
  return Array.from({ length: 5 }, (_, index) => low + index * pitch);
}

/** Steps between ticks that read as round percentages. */
const SHARE_PITCHES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5] as const;
const MOST_PITCHES = 4;

/**
 * Ticks of an axis of shares from 0, round, at most five of them; the last one is the end of the axis.
 * @param most The largest share, in [0, 1].
 */
export function shareTicks(most: number): readonly number[] {
  const pitch = SHARE_PITCHES.find((one) => one * MOST_PITCHES >= most) ?? 0.25;
  const count = Math.max(1, Math.ceil(most / pitch - 1e-9));
  // Counted in whole hundredths: 3 * 0.1 would be 0.30000000000000004.
  return Array.from({ length: count + 1 }, (_, index) => Math.round(index * pitch * 100) / 100);
}
