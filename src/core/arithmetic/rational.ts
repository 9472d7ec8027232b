/**
 * Exact rational numbers over BigInt, bounded: what would grow past `MAX_BITS` is undefined, so that no text can
 * make the arithmetic slow.
 */

/** Numerator and denominator without common factor, the denominator above 0. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** About 600 decimal digits: far more than a reader can check, and still multiplied in microseconds. */
const MAX_BITS = 2048;
const MAX_DIGITS = 600;
const BASE = 10n;

function bitLength(value: bigint): number {
  // One hexadecimal digit holds four bits; the sign does not count.
  return (value < 0n ? -value : value).toString(16).length * 4;
}

function greatestCommonDivisor(first: bigint, second: bigint): bigint {
  let [a, b] = [first < 0n ? -first : first, second < 0n ? -second : second];
  while (b !== 0n) {
    [a, b] = [b, a % b];
  }
  return a;
}

/** Undefined when the denominator is 0 or the number is out of bounds. */
function reduced(numerator: bigint, denominator: bigint): Rational | undefined {
  if (denominator === 0n) {
    return undefined;
  }
  const divisor = greatestCommonDivisor(numerator, denominator) * (denominator < 0n ? -1n : 1n);
  const result = { numerator: numerator / divisor, denominator: denominator / divisor };
  const isBounded = bitLength(result.numerator) <= MAX_BITS && bitLength(result.denominator) <= MAX_BITS;
  return isBounded ? result : undefined;
}

export function integer(value: bigint): Rational {
  return { numerator: value, denominator: 1n };
}

/** @param digits Decimal digits with at most one point and no sign: "1200", "0.25", ".5". */
export function parseDecimal(digits: string): Rational | undefined {
  const [whole = "", fraction = ""] = digits.split(".");
  if (whole.length + fraction.length > MAX_DIGITS || whole + fraction === "") {
    return undefined;
  }
  return reduced(BigInt(whole + fraction), BASE ** BigInt(fraction.length));
}

export function add(a: Rational, b: Rational): Rational | undefined {
  return reduced(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function negate(a: Rational): Rational {
  return { numerator: -a.numerator, denominator: a.denominator };
}

export function subtract(a: Rational, b: Rational): Rational | undefined {
  return add(a, negate(b));
}

export function multiply(a: Rational, b: Rational): Rational | undefined {
  return reduced(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** Undefined when `b` is 0. */
export function divide(a: Rational, b: Rational): Rational | undefined {
  return reduced(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** Undefined for exponents that are not integers, for 0 to the power of 0 or less, and out of bounds. */
export function power(base: Rational, exponent: Rational): Rational | undefined {
  if (exponent.denominator !== 1n || (base.numerator === 0n && exponent.numerator <= 0n)) {
    return undefined;
  }
  const times = exponent.numerator < 0n ? -exponent.numerator : exponent.numerator;
  const isUnit = base.denominator === 1n && (base.numerator === 1n || base.numerator === -1n);
  if (isUnit || base.numerator === 0n) {
    return integer(times % 2n === 0n ? base.numerator * base.numerator : base.numerator);
  }
  // Every factor but ±1 and 0 adds at least one bit: an exponent above the bound cannot be computed.
  if (times > BigInt(MAX_BITS)) {
    return undefined;
  }
  const bits = Math.max(bitLength(base.numerator), bitLength(base.denominator)) - 4;
  if (bits * Number(times) > MAX_BITS) {
    return undefined;
  }
  const raised = reduced(base.numerator ** times, base.denominator ** times);
  return raised && (exponent.numerator < 0n ? divide(integer(1n), raised) : raised);
}

/** Negative, 0 or positive as `a` is below, equal to or above `b`. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function isEqual(a: Rational, b: Rational): boolean {
  return a.numerator === b.numerator && a.denominator === b.denominator;
}

export function absolute(a: Rational): Rational {
  return a.numerator < 0n ? negate(a) : a;
}

/** Whether a decimal can write it: no prime but 2 and 5 divides the denominator. */
export function isDecimal({ denominator }: Rational): boolean {
  let rest = denominator;
  for (const prime of [2n, 5n]) {
    while (rest % prime === 0n) {
      rest /= prime;
    }
  }
  return rest === 1n;
}

/** Decimals shown of a number that has no end. */
const SHOWN_DECIMALS = 4;
/** Decimals shown of a number that ends: rounded, it would look like the number it corrects. */
const EXACT_DECIMALS = 12;
/** Digits beyond which a number is told by its size alone. */
const LONGEST_SHOWN = 24;
/** Longest denominator that is still easy to read as a fraction. */
const LARGEST_DENOMINATOR = 1000n;

/**
 * As people write it: "408", "0.125"; a number that no decimal can write as a fraction with its decimal,
 * "16/3 ≈ 5.3333".
 */
export function formatRational(value: Rational): string {
  const { numerator, denominator } = absolute(value);
  if (numerator.toString().length > LONGEST_SHOWN + denominator.toString().length) {
    const digits = (numerator / denominator).toString();
    return `${signOf(value)}${digits.slice(0, 1)}.${digits.slice(1, 1 + SHOWN_DECIMALS)} × 10^${digits.length - 1}`;
  }
  if (BASE ** BigInt(EXACT_DECIMALS) % denominator === 0n) {
    return formatDecimal(value, EXACT_DECIMALS);
  }
  const decimal = formatDecimal(value, SHOWN_DECIMALS);
  return denominator <= LARGEST_DENOMINATOR
    ? `${signOf(value)}${numerator}/${denominator} ≈ ${decimal}`
    : `about ${decimal}`;
}

function signOf({ numerator }: Rational): string {
  return numerator < 0n ? "−" : "";
}

/** Rounded half up, away from zero, without zeros at the end. */
function formatDecimal(value: Rational, decimals: number): string {
  const { numerator, denominator } = absolute(value);
  const scale = BASE ** BigInt(decimals);
  const scaled = (numerator * scale * 2n + denominator) / (denominator * 2n);
  const fraction = (scaled % scale).toString().padStart(decimals, "0").replace(/0+$/, "");
  return `${signOf(value)}${scaled / scale}${fraction === "" ? "" : `.${fraction}`}`;
}
