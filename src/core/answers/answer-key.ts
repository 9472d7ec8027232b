/**
 * When two answers are the same. Follows the string rules of the MATH benchmark (Hendrycks et al. 2021,
 * `math_equivalence.py`), and compares numbers by their exact value: 1/2, 0.5, .50 and \frac{1}{2} are one answer.
 */

/** Digits of a number that is still read as one; beyond it the text is compared. */
const MOST_DIGITS = 60;

/** Marks of LaTeX that change how an answer looks, not what it is. */
const LOOKS: readonly (readonly [pattern: RegExp, by: string])[] = [
  [/\\(?:left|right|displaystyle|,|!|;|:|quad)(?![a-z])/g, ""],
  [/\\[ ()[\]]/g, ""],
  [/\\[dt]frac(?![a-z])/g, "\\frac"],
  [/\\(?:text|mathrm|mbox|textbf|mathbf)\s*\{([^{}]*)\}/g, "$1"],
  [/\^\s*\{\\circ\}|\^\s*\\circ|°/g, ""],
  [/\\?[$%]/g, ""],
  [/−/g, "-"],
  [/⁄/g, "/"],
  [/\^\{(\w)\}/g, "^$1"],
  [/[×·]/g, "\\times"],
];

/** Units at the end in a text of their own: `5\text{ cm}`. */
const TEXT_UNITS = /\\(?:text|mathrm|mbox)\s*\{\s[^{}]*\}\s*$/;
/** A short name for the result: `x = 5`, `k=\frac{1}{2}`. */
const NAMED = /^\s*\\?[a-z]\s*=(?!=)/i;
const OUTER_SPACE_OR_STOP = /^\s+|[\s.]+$/g;
const FRAC_OF_DIGITS = /\\frac\s*(\d)\s*(\d)(?!\d)/g;
const SQRT_OF_ONE = /\\sqrt\s*(\w)/g;
/** Letters of a choice in brackets: (B). */
const CHOICE = /^\(([a-z])\)$/i;

/** Compatibility forms lose what these mean: 10² would be 102, and 1½ would be 11/2. */
const SUPERSCRIPTS = /[⁰¹²³⁴-⁹⁺⁻ⁿⁱ]+/g;
const FRACTION_BEHIND_DIGIT = /(\d)(?=[¼-¾⅐-⅞])/g;

const NUMBER = /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)?(?:\.(\d*))?$/;
const RATIO = /^([+-]?)(\d+)\/(\d+)$/;
/** 1 1/2 and 1\frac{1}{2}, before white space is taken out. */
const MIXED = /^([+-]?)(\d+)(?:\s+(\d+)\/(\d+)|\s*\\frac\{(\d+)\}\{(\d+)\})$/;
const FRAC = /^([+-]?)\\frac\{([+-]?\d+)\}\{([+-]?\d+)\}$/;

/** Equal for equal answers. Empty when nothing is left of the answer but its marks. */
export function answerKey(text: string): string {
  const plain = plainText(text);
  const value = exactValue(plain);
  return value === undefined ? plain.toLowerCase() : value;
}

/** Whether two answers are the same answer. */
export function isSameAnswer(a: string, b: string): boolean {
  return answerKey(a) === answerKey(b);
}

function plainText(text: string): string {
  const powers = text.replace(SUPERSCRIPTS, (run) => `^{${run.normalize("NFKC")}}`);
  let plain = powers.replace(FRACTION_BEHIND_DIGIT, "$1 ").normalize("NFKC").replace(TEXT_UNITS, "");
  for (const [pattern, by] of LOOKS) {
    plain = plain.replace(pattern, by);
  }
  plain = plain.replace(OUTER_SPACE_OR_STOP, "").replace(NAMED, "");
  plain = plain.replace(FRAC_OF_DIGITS, "\\frac{$1}{$2}").replace(SQRT_OF_ONE, "\\sqrt{$1}");
  plain = plain.replace(MIXED, unmix).replace(/\s+/g, "");
  return CHOICE.exec(plain)?.[1] ?? plain;
}

/** A mixed number as one fraction. */
function unmix(mixed: string, ...groups: readonly (string | undefined)[]): string {
  const [sign = "", whole = "", above, below, top, bottom] = groups;
  const [part, all] = [above ?? top ?? "", below ?? bottom ?? ""];
  return mixed.length > MOST_DIGITS
    ? mixed
    : `${sign}${BigInt(whole) * BigInt(all) + BigInt(part)}/${BigInt(all)}`;
}

/** The exact value of a number as a fraction in lowest terms, e.g. `1/2`; undefined for anything else. */
function exactValue(text: string): string | undefined {
  if (text.length > MOST_DIGITS) {
    return undefined;
  }
  const number = NUMBER.exec(text);
  if (number !== null) {
    const [, sign, whole = "", decimals = ""] = number;
    const digits = whole.replaceAll(",", "") + decimals;
    return digits === ""
      ? undefined
      : lowestTerms(sign === "-", BigInt(digits), 10n ** BigInt(decimals.length));
  }
  const [, sign, above, below] = RATIO.exec(text) ?? FRAC.exec(text) ?? [];
  if (above === undefined || below === undefined || BigInt(below) === 0n) {
    return undefined;
  }
  const [top, bottom] = [BigInt(above), BigInt(below)];
  const isNegative = ((sign === "-") !== top < 0n) !== bottom < 0n;
  return lowestTerms(isNegative, top < 0n ? -top : top, bottom < 0n ? -bottom : bottom);
}

function lowestTerms(isNegative: boolean, top: bigint, bottom: bigint): string {
  let [a, b] = [top, bottom];
  while (b > 0n) {
    [a, b] = [b, a % b];
  }
  // `a` is their greatest common divisor; 0 has none to divide by.
  const sign = isNegative && top !== 0n ? "-" : "";
  return bottom / a === 1n ? `${sign}${top / a}` : `${sign}${top / a}/${bottom / a}`;
}
