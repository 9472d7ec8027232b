/** Four levels below the pivot and four from it up; colours are in theme.css under the same names. */
export const BINS = ["b4", "b3", "b2", "b1", "g1", "g2", "g3", "g4"] as const;
export type Bin = (typeof BINS)[number];

const BELOW = ["b4", "b3", "b2", "b1"] as const;
const FROM = ["g1", "g2", "g3", "g4"] as const;
const LEVELS = 4;

/**
 * The bin of a number in [0, 1] on a scale that changes hue at `pivot`, so that colour and verdict can
 * never disagree: below the pivot is always a warm bin. A pivot at 0 or below belongs to a scale from -1.
 */
export function divergingBin(value: number, pivot: number): Bin {
  if (value < pivot) {
    const low = pivot > 0 ? 0 : -1;
    const level = Math.floor(((value - low) / (pivot - low)) * LEVELS);
    return BELOW[Math.max(0, Math.min(LEVELS - 1, level))] ?? "b4";
  }
  const span = 1 - pivot;
  const level = span > 0 ? Math.floor(((value - pivot) / span) * LEVELS) : LEVELS - 1;
  return FROM[Math.max(0, Math.min(LEVELS - 1, level))] ?? "g1";
}

/** Lower edges of the five heat levels. Below the first a token is left plain. */
export const HEAT_LEVELS = [0.05, 0.15, 0.3, 0.5, 0.75] as const;

/** Heat level 1 to 5, or 0 when the value is not worth a colour. */
export function heatLevel(value: number): number {
  let level = 0;
  for (const edge of HEAT_LEVELS) {
    level += value >= edge ? 1 : 0;
  }
  return level;
}
