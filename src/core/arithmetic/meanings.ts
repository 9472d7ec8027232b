/** What else than a sum of plain numbers may be meant: ranges, dates, hours, parts, quantities. */
import type { Side } from "./evaluate.ts";
import type { Equation } from "./find-equations.ts";
import { isConversion, mixesCents } from "./measures.ts";
import {
  absolute,
  add,
  compare,
  integer,
  isEqual,
  parseDecimal,
  type Rational,
  subtract,
} from "./rational.ts";
import { CLOCK, MONTHS } from "./words.ts";

/** Arithmetic in which 1 + 1 may be 10 or 0. */
const OTHER_ARITHMETIC =
  /\bmod(?:ul(?:o|us|ar))?\b|\\[pb]?mod(?![a-z])|≡|\\equiv|\bcongruen|\b(?:binary|ternary|octal|hex(?:adecimal)?|duodecimal|xor)\b|\b(?:in|other|number) bases?\b|\bbases?[-\s~$\\{(]*(?:boxed\{)?(?:\d|[b-z]\b|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|sixteen)|\bz_?\{?\d/i;
const CLOCK_TEXT = /\d\s?[ap]\.?m\b|o['’]clock|\bclock\b|\bnoon\b|\bmidnight\b/i;
const DATE_TEXT =
  /\b(?:dates?|days?|weeks?|calendar|jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b/i;
const DATE = /(?<![\d.])(?:0?[1-9]|1[0-2])\/(?:0?[1-9]|[12]\d|3[01])(?![\d.])/g;

/** What a step speaks of besides its numbers. */
export interface Topic {
  readonly text: string;
  /** Other bases, remainders: 1 + 1 may be 10 or 0. */
  readonly isOther: boolean;
  readonly isClock: boolean;
  readonly isDated: boolean;
}

export function topicOf(text: string): Topic {
  return {
    text,
    isOther: OTHER_ARITHMETIC.test(text),
    isClock: CLOCK_TEXT.test(text),
    isDated: DATE_TEXT.test(text),
  };
}

/** Whether another thing than a sum of numbers may be meant. */
export function mayBeMeant(left: Side, equation: Equation, topic: Topic): boolean {
  const { right } = equation;
  const source = topic.text.slice(equation.start, equation.end);
  const isMoney = /[$€£]/.test(topic.text.slice(Math.max(0, equation.start - 2), equation.end));
  return (
    isConversion(left, right) ||
    (isMoney && mixesCents(left, right)) ||
    isRange(left, right, source) ||
    isPart(left, right, source) ||
    isDefined(left, right, source) ||
    isProof(left, right) ||
    [...left.units, ...right.units].some((unit) => MONTHS.has(unit) || CLOCK.has(unit)) ||
    (topic.isClock && isFullTurn(left, right)) ||
    (topic.isDated && left.operators.has("/") && (source.match(DATE)?.length ?? 0) > 0 && isDateSum(left))
  );
}

const TIGHT_RANGE = /^\s*[\d.,]+[-−–][\d.,]/;

/**
 * "3-5 apples = 4 apples", "1990–2000 = 11 years", "978-3-16-148410-0": a greater number behind a dash without spaces,
 * and no sign in the result; "1 - 10 = 10 numbers" counts; "9-5 = 8 hours" is from nine to five.
 */
function isRange(left: Side, right: Side, source: string): boolean {
  const [low, ...rest] = left.numbers.map(parseDecimal);
  const high = rest.at(-1);
  if (low === undefined || high === undefined || left.value === undefined || right.value === undefined) {
    return false;
  }
  if (TIGHT_RANGE.test(source)) {
    const isHours = left.units.has("hour") || right.units.has("hour");
    const isRising = rest.some((number) => number !== undefined && compare(number, low) > 0);
    return (
      (isRising && right.value.numerator >= 0n) || (isHours && isSum(left.value, right.value, integer(12n)))
    );
  }
  const isCounted =
    isSum(left.value, right.value, integer(1n)) || isSum(right.value, right.value, add(low, high));
  return left.operators.has("-") && rest.length === 1 && right.units.size > 0 && isCounted;
}

function isSum(a: Rational, b: Rational, sum: Rational | undefined): boolean {
  const known = add(a, b);
  return known !== undefined && sum !== undefined && isEqual(known, sum);
}

const TIGHT_FRACTION = /^\s*(\d{1,2})\/(\d{1,2})(?!\d)/;

/** "1/4 = 25 cents", "2/3 = 20 of 30": a part of something. */
function isPart(left: Side, right: Side, source: string): boolean {
  const isFraction = left.operators.size === 1 && left.numbers.length === 2;
  const [, upper, lower] = TIGHT_FRACTION.exec(source) ?? [];
  const isMore = right.value !== undefined && compare(absolute(right.value), integer(1n)) > 0;
  return isFraction && isMore && Number(upper) < Number(lower) && Number(lower) <= LARGEST_PART;
}

/** The largest denominator of parts that people speak of. */
const LARGEST_PART = 12;

/** "2 * 6 = 2^6 + 6^2" defines what the star stands for. */
function isDefined(left: Side, right: Side, source: string): boolean {
  const isOther = [...right.operators].some((operator) => !left.operators.has(operator));
  return (
    /^[^=]*\*/.test(source) &&
    right.hasOperator &&
    isOther &&
    left.numbers.every((number) => right.numbers.includes(number))
  );
}

/** "500 ÷ 13 = 13 * 38 + 6" tells quotient and remainder. */
function isProof(left: Side, right: Side): boolean {
  const isDivision = left.operators.size === 1 && left.operators.has("/");
  return (
    isDivision &&
    right.hasOperator &&
    left.first !== undefined &&
    right.value !== undefined &&
    isEqual(left.first, right.value)
  );
}

/** "9 + 5 = 2": hours of a clock. */
function isFullTurn(left: Side, right: Side): boolean {
  const off = left.value && right.value && subtract(left.value, right.value);
  return off?.denominator === 1n && off.numerator % 12n === 0n;
}

/** "12/25 - 12/20 = 5 days". */
function isDateSum({ operators }: Side): boolean {
  return operators.has("+") || operators.has("-");
}
