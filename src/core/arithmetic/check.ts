/**
 * Recomputes what a step computes. A finding is only made where both sides of an equation are arithmetic through and
 * through; everything else is not checked, which is never the same as right.
 */
import type { CharOffset } from "../units.ts";
import type { Side } from "./evaluate.ts";
import { type Equation, findEquations } from "./find-equations.ts";
import {
  absolute,
  compare,
  divide,
  formatRational,
  integer,
  isEqual,
  type Rational,
  subtract,
} from "./rational.ts";
import { isRounding } from "./rounding.ts";

export type Verdict = "right" | "rounded" | "wrong";

/** One equation that could be recomputed. */
export interface Finding {
  readonly verdict: Verdict;
  /** Half-open range in the step's text. */
  readonly start: CharOffset;
  readonly end: CharOffset;
  /** The equation as it stands, on one line, with signs for commands of LaTeX. */
  readonly equation: string;
  /** What the left side is, where that is not what is written. */
  readonly leftValue?: string;
  /** What the right side is, where it is computed, too. */
  readonly rightValue?: string;
}

export interface StepCheck {
  /** `wrong` when any finding is, `unchecked` when there is none, `partly` when all others hold but not all is checked. */
  readonly status: Verdict | "partly" | "unchecked";
  readonly findings: readonly Finding[];
  /** Equals signs that nothing is said about. */
  readonly uncheckedCount: number;
}

const UNCHECKED: StepCheck = { status: "unchecked", findings: [], uncheckedCount: 0 };
const WORST_FIRST: readonly Verdict[] = ["wrong", "rounded", "right"];

/** Never throws; linear in the length of the text, and every number it computes is bounded. */
export function checkStep(text: string): StepCheck {
  if (!/[=≈]|\\approx/.test(text)) {
    return UNCHECKED;
  }
  const { equations, signCount } = findEquations(text, "share");
  const percents = text.includes("%") ? findEquations(text, "unit").equations : [];
  const byStart = new Map(percents.map((equation) => [equation.start, equation]));
  const findings: Finding[] = [];
  for (const equation of equations) {
    const other = byStart.get(equation.start);
    const isWholePart = WHOLE_PART.test(text.slice(equation.end, equation.end + TAIL_LENGTH));
    const verdicts = [equation, ...(other === undefined ? [] : [other])].map((one) =>
      judge(one, isWholePart),
    );
    // A percent sign is read in the way that makes sense.
    const verdict = VERDICTS_BEST_FIRST.find((known) => verdicts.includes(known));
    if (verdict !== undefined) {
      findings.push(findingOf(text, equation, verdict));
    }
  }
  const uncheckedCount = signCount - findings.length;
  const worst = WORST_FIRST.find((known) => findings.some((finding) => finding.verdict === known));
  const status = worst !== "wrong" && uncheckedCount > 0 ? "partly" : worst;
  return { status: worst === undefined ? "unchecked" : (status ?? "unchecked"), findings, uncheckedCount };
}

/** Words behind a quotient that say it was cut off on purpose, and how far behind. */
const WHOLE_PART = /remain|left ?over|\b(?:full|whole|complete|round)/i;
const TAIL_LENGTH = 60;

const VERDICTS_BEST_FIRST: readonly Verdict[] = ["right", "rounded", "wrong"];

/** Undefined: nothing can be said. */
function judge({ left, right, isApproximate, isSafe }: Equation, isWholePart: boolean): Verdict | undefined {
  // "x = 5 = 5": two bare numbers compute nothing.
  if (!right.hasOperator && !left.some((side) => side.hasOperator)) {
    return undefined;
  }
  const readings = left.map((side) => judgeReading(side, right, isApproximate));
  if (readings.includes("right")) {
    return isApproximate ? "rounded" : "right";
  }
  if (readings.includes("rounded") || (isWholePart && left.some((side) => isQuotient(side, right)))) {
    return isSafe ? "rounded" : undefined;
  }
  if (left.some((side) => isContinued(side, right))) {
    return undefined;
  }
  return isSafe && !left.some((side) => isConversion(side, right)) ? "wrong" : undefined;
}

/** "13 / 6 = 2 full cycles". */
function isQuotient(left: Side, right: Side): boolean {
  const off = left.value && right.value && subtract(left.value, right.value);
  const isWhole = right.literal !== undefined && !right.literal.includes(".");
  return off !== undefined && isWhole && compare(absolute(off), integer(1n)) < 0;
}

/** "7 * 60 = 420 + 23 = 443": what follows the result goes on from it. */
function isContinued(left: Side, right: Side): boolean {
  return (
    right.hasOperator &&
    left.value !== undefined &&
    right.first !== undefined &&
    isEqual(left.value, right.first)
  );
}

function judgeReading(left: Side, right: Side, isApproximate: boolean): Verdict {
  if (left.value === undefined || right.value === undefined) {
    return "wrong";
  }
  if (isEqual(left.value, right.value)) {
    return "right";
  }
  return isRounding({ ...left, value: left.value }, { ...right, value: right.value }, isApproximate)
    ? "rounded"
    : "wrong";
}

/** Units of one quantity that are converted into one another. */
const MEASURES = new Set(
  "second sec minute min hour hr day week month year inch inche feet foot ft yard mile meter metre cm mm km kilometer kilometre centimeter centimetre millimeter gram kg kilogram pound ounce oz lb ton liter litre ml milliliter gallon quart pint cup cent penny pence dollar euro dozen degree radian".split(
    " ",
  ),
);
/** How many of one such unit make one of another. */
const CONVERSIONS = new Set([
  2, 3, 4, 7, 8, 10, 12, 16, 24, 30, 36, 52, 60, 100, 365, 1000, 1440, 1760, 3600, 5280,
]);

/** "2 hours = 2 * 60": true of the lengths of time, not of the numbers. */
function isConversion(left: Side, right: Side): boolean {
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

function isConversionFactor(ratio: Rational | undefined): boolean {
  return ratio !== undefined && ratio.denominator === 1n && CONVERSIONS.has(Number(ratio.numerator));
}

const ZERO = integer(0n);

function findingOf(text: string, equation: Equation, verdict: Verdict): Finding {
  const { left, right, start, end } = equation;
  const [value = ZERO] = left.map((side) => side.value);
  const isTold = verdict !== "right";
  return {
    verdict,
    start,
    end,
    equation: readable(text.slice(start, end)),
    ...(isTold ? { leftValue: formatRational(value) } : {}),
    ...(isTold && right.literal === undefined && right.value !== undefined
      ? { rightValue: formatRational(right.value) }
      : {}),
  };
}

const SIGNS: readonly (readonly [pattern: RegExp, sign: string])[] = [
  [/\\[dtc]?frac\s?\{([^{}\n]{1,40})\}\s?\{([^{}\n]{1,40})\}/g, "$1/$2"],
  [/\s?\\times(?![a-zA-Z])\s?/g, " × "],
  [/\s?\\(?:cdot|ast)(?![a-zA-Z])\s?/g, " · "],
  [/\s?\\div(?![a-zA-Z])\s?/g, " ÷ "],
  [/\s?\\approx(?:eq)?(?![a-zA-Z])\s?/g, " ≈ "],
  [/\\(?:text|mathrm|textrm|mbox|boxed)\s?\{([^{}\n]{0,60})\}/g, "$1"],
  [/\\(?:left|right|displaystyle)(?![a-zA-Z])/g, ""],
  [/\{,\}/g, ","],
  [/\\([%$])/g, "$1"],
  [/\\[,;:! ]|\\\\|[&`]/g, " "],
  [/\s+/g, " "],
];

function readable(source: string): string {
  return SIGNS.reduce((text, [pattern, sign]) => text.replace(pattern, sign), source).trim();
}
