/** An equation's source on one line, with signs for commands of LaTeX, saying the same as the source. */

const SIGNS: readonly (readonly [pattern: RegExp, sign: string])[] = [
  [/\s?\\times(?![a-zA-Z])\s?/g, " × "],
  [/\s?\\cdot(?![a-zA-Z])\s?/g, " · "],
  [/\s?\\div(?![a-zA-Z])\s?/g, " ÷ "],
  [/\s?\\approx(?:eq)?(?![a-zA-Z])\s?/g, " ≈ "],
  [/\\(?:text|mathrm|textrm|mbox)\s?\{([^{}\n]{0,60})\}/g, "$1"],
  [/\\(?:left|right|displaystyle|[bB]ig[lr]?)(?![a-zA-Z])/g, ""],
  [/\{,\}|,\\!/g, ","],
  [/\\([%$])/g, "$1"],
  [/\\[,;:! ]|\\\\|[&`]/g, " "],
  // An emphasis that begins or ends inside.
  [/(^|[=≈(\s])\*\*(?=[\d($-])|\*\*$/g, "$1"],
];
const BOXED = /\\boxed\s?\{([^{}\n]{1,60})(?:\}|$)/g;
const FRACTION = /\\[dtc]?frac\s?\{([^{}\n]{1,60})\}\s?\{([^{}\n]{1,60})\}/g;
/** Fractions in fractions, as far as they are told. */
const MOST_NESTED = 4;

/** As far as is looked for what works on a fraction, in characters. */
const NEAR = 8;

/** @returns `source` itself where it holds no LaTeX, but for white space. */
export function readable(source: string): string {
  let text = SIGNS.reduce((known, [pattern, sign]) => known.replace(pattern, sign), source);
  for (let depth = 0; depth < MOST_NESTED; depth += 1) {
    text = text.replace(FRACTION, fraction).replace(BOXED, "$1");
  }
  return text.replace(/\s+/g, " ").trim();
}

function fraction(whole: string, upper: string, lower: string, at: number, text: string): string {
  const quotient = `${bracketed(upper)}/${bracketed(lower)}`;
  const before = text.slice(Math.max(0, at - NEAR), at).trimEnd();
  const after = text.slice(at + whole.length, at + whole.length + NEAR).trimStart();
  // \frac{1}{2}^2, 3 ÷ \frac{1}{2} and \frac{1}{2}(4) are of the whole fraction.
  return /[/÷∕^\d)}]$/.test(before) || /^[\^\d(\\⁰¹²³⁴⁵⁶⁷⁸⁹]/.test(after) ? `(${quotient})` : quotient;
}

function bracketed(part: string): string {
  return /^\s*[\d.,$%]+\s*$/.test(part) ? part.trim() : `(${part.trim()})`;
}
