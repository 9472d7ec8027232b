/** Whether a number that is not exactly the other is the other, rounded. */
import type { Side } from "./evaluate.ts";
import { absolute, compare, integer, isDecimal, multiply, type Rational, subtract } from "./rational.ts";

type Computed = Omit<Side, "value"> & { readonly value: Rational };

/** A rounded whole number, or a sum of rounded numbers, may be off by this share of the exact one. */
const ROUNDED_SHARE: Rational = { numerator: 1n, denominator: 100n };
/** What "about" may be off by when neither side is a plain number of more than one digit. */
const ABOUT_SHARE: Rational = { numerator: 1n, denominator: 10n };
const PRINTED_SHARE: Rational = { numerator: 1n, denominator: 10n ** 9n };
const HALF: Rational = { numerator: 1n, denominator: 2n };
const BASE = 10n;

/**
 * `rounded`, with an equals sign: a plain decimal on the right within half a unit of its last place (one unit, cut
 * off, where no decimal is exact: 2/3 = 0.66); a plain whole number within a half and within a hundredth; a computed
 * right side with decimals within a hundredth. With an almost-equal sign also: a plain number within half a unit of its
 * last place, or of its last digit that is not 0 when there is more than one such digit; anything else within a tenth.
 *
 * `doubtful`, with an almost-equal sign only: a plain number off by more, yet by no more than half a unit of its only
 * digit that is not 0 (1234 ≈ 1000), or a unit of the last of them (1000/7 ≈ 142).
 */
export function closeness(
  left: Computed,
  right: Computed,
  isApproximate: boolean,
): "rounded" | "doubtful" | "far" {
  const off = subtract(left.value, right.value);
  if (off === undefined) {
    return "doubtful";
  }
  const distance = absolute(off);
  const isWithin = (share: Rational) => isAtMost(distance, multiply(absolute(left.value), share));
  if (right.literal === undefined) {
    const isRough = isApproximate
      ? isWithin(ABOUT_SHARE)
      : (left.hasDecimals || right.hasDecimals) && isWithin(ROUNDED_SHARE);
    return isRough ? "rounded" : "far";
  }
  if (isRoundedPlainly(left.value, right, distance)) {
    return "rounded";
  }
  if (!isApproximate) {
    return "far";
  }
  const unit = lastDigit(right.literal);
  const half = multiply(unit, HALF);
  const isOneDigit = /^0*[1-9]0*$/.test(right.literal.replace(".", ""));
  if (
    isAtMost(distance, multiply(lastPlace(right.literal), HALF)) ||
    (isOneDigit ? isWithin(ABOUT_SHARE) : isAtMost(distance, half))
  ) {
    return "rounded";
  }
  return isAtMost(distance, isOneDigit ? half : unit) ? "doubtful" : "far";
}

function isRoundedPlainly(exact: Rational, { value, literal = "" }: Computed, distance: Rational): boolean {
  const isWithin = (share: Rational) => isAtMost(distance, multiply(absolute(exact), share));
  const place = lastPlace(literal);
  if (!literal.includes(".")) {
    return isAtMost(distance, HALF) && isWithin(ROUNDED_SHARE);
  }
  // What a computer printed is off in its last digits.
  if (isWithin(PRINTED_SHARE)) {
    return true;
  }
  const isCutOff =
    !isDecimal(exact) && compare(distance, place) < 0 && compare(absolute(value), absolute(exact)) < 0;
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
