/** Paths in units of steps: the first step from 0 to 1, and so on. */
import type { Probability, StepIndex } from "../../core/units.ts";
import type { StepRewards } from "../../core/verdict.ts";
import { type Bin, divergingBin } from "../../ui/diverging-scale.ts";
import { type AxisRange, barEnds } from "../../ui/value-axis.ts";

/** Of the height; less could not be seen. */
const SHORTEST_BAR = 0.06;

/** Bars that touch, one path a bin. */
export function minimapBars(
  rewards: StepRewards,
  threshold: Probability,
  range: AxisRange,
  height: number,
): ReadonlyMap<Bin, string> {
  const paths = new Map<Bin, string>();
  for (const [index, reward] of rewards.entries()) {
    if (reward !== undefined) {
      const bin = divergingBin(reward, threshold);
      const [low, high] = barEnds(reward, range);
      const top = (1 - Math.max(high, low + SHORTEST_BAR)) * height;
      const bar = `M${index} ${top.toFixed(1)}h1V${((1 - low) * height).toFixed(1)}h-1z`;
      paths.set(bin, `${paths.get(bin) ?? ""}${bar}`);
    }
  }
  return paths;
}

/** Upright lines in the middle of steps. */
export function minimapTicks(steps: readonly StepIndex[], top: number, bottom: number): string {
  return steps.map((index) => `M${index + 0.5} ${top}V${bottom}`).join("");
}
