/** Units of one quantity, and what their numbers hide: "2 hours = 2 * 60" is true of the lengths of time. */
import type { Side } from "./evaluate.ts";
import { divide, type Rational } from "./rational.ts";
import { MEASURES } from "./words.ts";

/** How many of one such unit make one of another. */
const CONVERSIONS = new Set([
  2, 3, 4, 5, 7, 8, 10, 12, 16, 20, 24, 25, 30, 36, 52, 60, 100, 365, 1000, 1440, 1760, 3600, 5280,
]);
const CENTS: readonly string[] = ["cent", "penny", "pennie", "pence", "dime", "nickel", "quarter"];

/** Whether both sides may be equal as quantities although their numbers are not. */
export function isConversion(left: Side, right: Side): boolean {
  if (left.value === undefined || right.value === undefined) {
    return false;
  }
  const all = [...left.units, ...right.units];
  if ([left, right].some(({ units }) => countMeasures(units) > 1)) {
    // "4 pounds - 6 ounces".
    return true;
  }
  const isShared =
    all.length > 0 && [...left.units].every((unit) => right.units.has(unit)) && left.units.size > 0;
  const isMeasured = all.some((unit) => MEASURES.has(unit));
  // "4 * 15 = 60 minutes" only names what the number means.
  const namesResult = left.units.size === 0 && left.hasOperator && !right.units.has("cent");
  if (isShared || !isMeasured || namesResult) {
    return false;
  }
  return [divide(left.value, right.value), divide(right.value, left.value)].some(isConversionFactor);
}

function countMeasures(units: ReadonlySet<string>): number {
  return [...units].filter((unit) => MEASURES.has(unit)).length;
}

export function isConversionFactor(ratio: Rational | undefined): boolean {
  return ratio !== undefined && ratio.denominator === 1n && CONVERSIONS.has(Number(ratio.numerator));
}

/** "5 cents + $3": a sign of money makes a second unit of it. */
export function mixesCents(left: Side, right: Side): boolean {
  return CENTS.some((unit) => left.units.has(unit) || right.units.has(unit));
}
