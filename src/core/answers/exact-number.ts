/** The exact value of a number however it is written: 1/2, 0.5, .50 and \frac{1}{2} are one value. */

/** Digits of a number that is still read as one; beyond it the text is compared. */
const MOST_DIGITS = 60;

const NUMBER = /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)?(?:\.(\d*))?$/;
const RATIO = /^([+-]?)(\d+)\/(\d+)$/;
/** 1 1/2 and 1\frac{1}{2}. */
const MIXED = /^([+-]?)(\d+)(?:\s+(\d+)\/(\d+)|\s*\\frac\{(\d+)\}\{(\d+)\})$/;
const FRAC = /^([+-]?)\\frac\{([+-]?\d+)\}\{([+-]?\d+)\}$/;
/** 3 × 10^5, as LaTeX and as a programming language have it. The exponent has two digits at most. */
const SCIENTIFIC = /^(\S+?)\s*(?:(?:\\times|\*|x)\s*10\s*\^\s*\{?|e)([+-]?\d{1,2})\}?$/i;
const IN_WORDS = /^(\S+)\s+(thousand|million|billion|trillion)$/i;
const ZEROS = { thousand: 3, million: 6, billion: 9, trillion: 12 } as const;

/** A fraction in lowest terms, e.g. `1/2` or `-3`; undefined for anything that is no number. */
export function exactNumber(text: string): string | undefined {
  const value = text.length > MOST_DIGITS ? undefined : readRatio(text.trim());
  return value && lowestTerms(value);
}

interface Ratio {
  readonly isNegative: boolean;
  readonly top: bigint;
  /** Never 0. */
  readonly bottom: bigint;
}

function readRatio(text: string): Ratio | undefined {
  return readDecimal(text) ?? readFraction(text) ?? readMixed(text) ?? readPower(text);
}

function readDecimal(text: string): Ratio | undefined {
  const [, sign, whole = "", decimals = ""] = NUMBER.exec(text) ?? [];
  const digits = whole.replaceAll(",", "") + decimals;
  return digits === ""
    ? undefined
    : { isNegative: sign === "-", top: BigInt(digits), bottom: 10n ** BigInt(decimals.length) };
}

function readFraction(text: string): Ratio | undefined {
  const [, sign, above, below] = RATIO.exec(text) ?? FRAC.exec(text) ?? [];
  if (above === undefined || below === undefined || BigInt(below) === 0n) {
    return undefined;
  }
  const [top, bottom] = [BigInt(above), BigInt(below)];
  return {
    isNegative: ((sign === "-") !== top < 0n) !== bottom < 0n,
    top: top < 0n ? -top : top,
    bottom: bottom < 0n ? -bottom : bottom,
  };
}

function readMixed(text: string): Ratio | undefined {
  const [, sign, whole, above, below, top, bottom] = MIXED.exec(text) ?? [];
  const [part, all] = [BigInt(above ?? top ?? 0), BigInt(below ?? bottom ?? 0)];
  return whole === undefined || all === 0n
    ? undefined
    : { isNegative: sign === "-", top: BigInt(whole) * all + part, bottom: all };
}

/** A decimal number with a power of ten behind it. */
function readPower(text: string): Ratio | undefined {
  const [, factor, exponent] = SCIENTIFIC.exec(text) ?? [];
  const [, count, word] = IN_WORDS.exec(text) ?? [];
  const number = readDecimal(factor ?? count ?? "");
  const zeros = exponent ?? ZEROS[word?.toLowerCase() as keyof typeof ZEROS];
  if (number === undefined || zeros === undefined) {
    return undefined;
  }
  const power = Number(zeros);
  const { isNegative, top, bottom } = number;
  return power < 0
    ? { isNegative, top, bottom: bottom * 10n ** BigInt(-power) }
    : { isNegative, top: top * 10n ** BigInt(power), bottom };
}

function lowestTerms({ isNegative, top, bottom }: Ratio): string {
  let [a, b] = [top, bottom];
  while (b > 0n) {
    [a, b] = [b, a % b];
  }
  // `a` is their greatest common divisor; 0 has none to divide by.
  const sign = isNegative && top !== 0n ? "-" : "";
  return bottom / a === 1n ? `${sign}${top / a}` : `${sign}${top / a}/${bottom / a}`;
}
