/** Whether a number that is not exactly the other is the other, rounded. */
import type { Side } from "./evaluate.ts";
import { absolute, compare, integer, isDecimal, multiply, type Rational, subtract } from "./rational.ts";

type Computed = Omit<Side, "value"> & { readonly value: Rational };

/** A rounded whole number, or a sum of rounded numbers, may be off by this share of the exact one. */
const ROUNDED_SHARE: Rational = { numerator: 1n, denominator: 100n };
/** What "about" may be off by when neither side is a plain number. */
const ABOUT_SHARE: Rational = { numerator: 1n, denominator: 10n };
const PRINTED_SHARE: Rational = { numerator: 1n, denominator: 10n ** 9n };
const HALF: Rational = { numerator: 1n, denominator: 2n };
const BASE = 10n;

/**
 * With an equals sign: a plain decimal on the right within half a unit of its last place (one unit, cut off, where
 * no decimal is exact: 2/3 = 0.66); a plain whole number within a half and within a hundredth; a computed right side
 * with decimals within a hundredth. With an almost-equal sign: a plain number within one unit of its last digit that
 * is not a 0; a computed one within a tenth.
 */
export function isRounding(left: Computed, right: Computed, isApproximate: boolean): boolean {
  const off = subtract(left.value, right.value);
  if (off === undefined) {
    return false;
  }
  const distance = absolute(off);
  const isWithin = (share: Rational) => isAtMost(distance, multiply(absolute(left.value), share));
  if (right.literal === undefined) {
    return isApproximate
      ? isWithin(ABOUT_SHARE)
      : (left.hasDecimals || right.hasDecimals) && isWithin(ROUNDED_SHARE);
  }
  const place = lastPlace(right.literal);
  if (isApproximate) {
    return isAtMost(distance, lastDigit(right.literal));
  }
  if (!right.literal.includes(".")) {
    return isAtMost(distance, HALF) && isWithin(ROUNDED_SHARE);
  }
  // What a computer printed is off in its last digits.
  if (isWithin(PRINTED_SHARE)) {
    return true;
  }
  const isCutOff = !isDecimal(left.value) && compare(distance, place) < 0;
  return isCutOff || isAtMost(distance, multiply(place, HALF));
}

function isAtMost(value: Rational, limit: Rational | undefined): boolean {
  return limit !== undefined && compare(value, limit) <= 0;
}

/** One unit of the last place of a decimal: 0.01 for "0.33". */
function lastPlace(digits: string): Rational {
  const decimals = digits.includes(".") ? digits.length - digits.indexOf(".") - 1 : 0;
  return { numerator: 1n, denominator: BASE ** BigInt(decimals) };
}

/** One unit of the last digit that is not a 0: 100 for "1200", 0.01 for "0.33". */
function lastDigit(digits: string): Rational {
  const zeros = digits.includes(".") ? 0 : (/0*$/.exec(digits)?.[0].length ?? 0);
  return zeros === 0 || zeros === digits.length ? lastPlace(digits) : integer(BASE ** BigInt(zeros));
}
