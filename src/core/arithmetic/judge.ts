/** Whether an equation holds, in the usual reading and in the others it leaves open. */
import type { Side } from "./evaluate.ts";
import type { Equation } from "./find-equations.ts";
import { mayBeMeant, type Topic } from "./meanings.ts";
import { isConversionFactor } from "./measures.ts";
import {
  absolute,
  compare,
  divide,
  integer,
  isEqual,
  multiply,
  type Rational,
  subtract,
} from "./rational.ts";
import { closeness } from "./rounding.ts";

export type Verdict = "right" | "rounded" | "wrong";

/** `doubtful`: neither near enough to be rounded nor far enough to be wrong. */
type Match = Verdict | "doubtful";

/** Words behind a quotient that say it was cut off on purpose, and how far behind. */
const WHOLE_PART = /remain|left ?over|\b(?:full|whole|complete|round)/i;
/** Words behind an equation that say it was written to be refuted. */
const REFUTED = /contradict|impossible|absurd/i;
const TAIL_LENGTH = 60;

/**
 * @param readings The same equation in the usual reading and in the others the text leaves open, the usual first.
 * @param topic Of the step it stands in.
 * @param origin The first equation of its chain, where the link before is rounded.
 * @returns Undefined where nothing can be said.
 */
export function judge(readings: readonly Equation[], topic: Topic, origin?: Equation): Verdict | undefined {
  const [equation] = readings;
  if (equation === undefined || equation.trust === "nothing") {
    return undefined;
  }
  const { left, right, isApproximate } = equation;
  const isSure = equation.trust === "all" && !topic.isOther;
  const matches = left.map((side) => matchOf(side, right, isApproximate));
  if (matches.includes("right")) {
    return isApproximate ? "rounded" : "right";
  }
  const tail = topic.text.slice(equation.end, equation.end + TAIL_LENGTH);
  if (
    matches.includes("rounded") ||
    (WHOLE_PART.test(tail) && left.some((side) => isQuotient(side, right)))
  ) {
    return isSure ? "rounded" : undefined;
  }
  const isWrong =
    isSure &&
    !matches.includes("doubtful") &&
    !left.some((side) => isContinued(side, right)) &&
    !left.some((side) => mayBeMeant(side, equation, topic)) &&
    !holdsOtherwise(readings, origin) &&
    !REFUTED.test(tail);
  return isWrong ? "wrong" : undefined;
}

/**
 * A bare number behind another, as the 37 of "12 * 3 = 36 = 37".
 * @param isKnown Whether the equation before it was found to hold.
 */
export function judgeLink(link: Equation, isKnown: boolean, topic: Topic): Verdict | undefined {
  const { left, right, isApproximate, trust, isChained } = link;
  const [known] = left;
  if (!isKnown || !isChained || trust !== "all" || isApproximate || topic.isOther || topic.isClock) {
    return undefined;
  }
  if (known?.value === undefined || right.value === undefined) {
    return undefined;
  }
  if (isEqual(known.value, right.value)) {
    return known.hasPercent === right.hasPercent || right.hasPercent ? "right" : undefined;
  }
  const off = subtract(known.value, right.value);
  const isBare = known.units.size + right.units.size === 0 && !known.hasPercent && !right.hasPercent;
  // 6.67 = 7, and 1700 = $17, are no contradictions.
  const isFar = off !== undefined && compare(absolute(off), integer(1n)) >= 0;
  const ratios = [divide(known.value, right.value), divide(right.value, known.value)];
  return isBare && isFar && !ratios.some(isConversionFactor) && matchOf(known, right, false) === "wrong"
    ? "wrong"
    : undefined;
}

const HUNDRED = integer(100n);

function matchOf(left: Side, right: Side, isApproximate: boolean): Match {
  if (left.value === undefined || right.value === undefined) {
    return "doubtful";
  }
  if (!right.hasPercent || right.literal === undefined) {
    return matchValues({ ...left, value: left.value }, { ...right, value: right.value }, isApproximate);
  }
  const match = matchValues(
    { ...left, value: left.value },
    { ...right, value: right.value, literal: hundredths(right.literal) },
    isApproximate,
  );
  const percents = makesPercent(left) ? multiply(right.value, HUNDRED) : undefined;
  return match === "right" || match === "rounded" || percents === undefined
    ? match
    : matchValues({ ...left, value: left.value }, { ...right, value: percents }, isApproximate);
}

/** "20 / 80 * 100 = 25%": the factor of a hundred makes it one. */
function makesPercent({ hasPercent, numbers, operators }: Side): boolean {
  return !hasPercent && numbers.includes("100") && operators.has("*");
}

/** What the left side is in percent, where the right side is a percentage. */
export function percentsOf(left: Side, right: Side): Rational | undefined {
  const isPercentage = right.literal !== undefined && right.hasPercent && left.value !== undefined;
  return isPercentage && left.value
    ? makesPercent(left)
      ? left.value
      : multiply(left.value, HUNDRED)
    : undefined;
}

/** The digits of a percentage as those of a share: "0.17" for "17". */
function hundredths(digits: string): string {
  const [whole = "", decimals = ""] = digits.split(".");
  const padded = whole.padStart(3, "0");
  return `${padded.slice(0, -2)}.${padded.slice(-2)}${decimals}`;
}

type Valued = Side & { readonly value: Rational };

function matchValues(left: Valued, right: Valued, isApproximate: boolean): Match {
  if (isEqual(left.value, right.value)) {
    return "right";
  }
  const near = closeness(left, right, isApproximate);
  return near === "far" ? "wrong" : near;
}

/** Whether it holds, if only about, in a reading that is not the usual one. */
function holdsOtherwise(readings: readonly Equation[], origin: Equation | undefined): boolean {
  // Digits that a comma may group are not rounded: 10,500 + 20,250 would be nearly 30.8.
  const exact = readings.filter(({ reading }) => reading.decimals === "comma");
  const rounded = readings.filter(({ reading }) => reading.decimals === "point");
  return (
    holdsAmong(exact, [], (left, right) => isEqual(left.value, right.value)) ||
    holdsAmong(rounded, origin?.left ?? [], (left, right) => matchValues(left, right, false) !== "wrong")
  );
}

/** Whether any left side of them, or of `others`, is any of their right sides. */
function holdsAmong(
  readings: readonly Equation[],
  others: readonly Side[],
  holds: (left: Valued, right: Valued) => boolean,
): boolean {
  const lefts = readings.flatMap(({ left, unnumbered }) => [
    ...left,
    ...(unnumbered?.hasOperator ? [unnumbered] : []),
  ]);
  const rights = readings.map(({ right, reading }) =>
    right.hasPercent && right.literal !== undefined && reading.percent === "share"
      ? { ...right, literal: hundredths(right.literal) }
      : right,
  );
  return [...lefts, ...others].some((left) =>
    rights.some(
      (right) =>
        left.value !== undefined &&
        right.value !== undefined &&
        holds({ ...left, value: left.value }, { ...right, value: right.value }),
    ),
  );
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
