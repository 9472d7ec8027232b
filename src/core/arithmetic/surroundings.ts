/** What stands around an equation, and what may be said of the equation for it. */
import type { PlacedToken, Token } from "./tokens.ts";
import {
  ABBREVIATIONS,
  CLAUSE,
  CLOCK,
  COMPARING_BEFORE,
  COMPUTING_BEFORE,
  COMPUTING_NOUNS,
  isComputingWord,
  isProseWord,
  isUnitWord,
  LABELS,
  MEASURES,
  MONTHS,
  NUMBERED,
  SCALING_BEHIND,
  UNCLAIMED,
} from "./words.ts";

/**
 * `all`: there is no doubt where both sides begin and end. `right`: there is, so that it is never wrong; but that both
 * sides are equal is no accident. `nothing`: what was read is only a part of what is written.
 */
export type Trust = "all" | "right" | "nothing";

const LEAST_FIRST: readonly Trust[] = ["nothing", "right"];

export function least(...all: readonly Trust[]): Trust {
  return LEAST_FIRST.find((trust) => all.includes(trust)) ?? "all";
}

export function isLineEnd(token: Token | undefined): boolean {
  return token?.kind === "end" && token.mark === "\n";
}

export function isOperator(token: Token | undefined, ...signs: readonly string[]): boolean {
  return token?.kind === "operator" && signs.includes(token.operator);
}

function isMark(token: Token | undefined, ...marks: readonly string[]): boolean {
  return token?.kind === "end" && marks.includes(token.mark);
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === "word" && token.word === word;
}

/** Characters between a token and the one before. */
function gapBefore(tokens: readonly PlacedToken[], at: number): number {
  return (tokens[at]?.start ?? 0) - (tokens[at - 1]?.end ?? 0);
}

function isOperand(token: Token | undefined): boolean {
  return token?.kind === "number" || token?.kind === "close" || token?.kind === "opaque";
}

interface Beginning {
  /** The first token of the left side. */
  readonly from: number;
  /** Nothing of the equation stands before it. */
  readonly earliest: number;
  /** Whether the number in front of the token before is the result of a right equation. */
  readonly isBehindResult: boolean;
}

/** By what stands before the left side. */
export function trustBefore(tokens: readonly PlacedToken[], beginning: Beginning): Trust {
  const { from, earliest, isBehindResult } = beginning;
  const first = tokens[from]?.token;
  const before = from > earliest ? tokens[from - 1]?.token : undefined;
  const ahead = tokens[from - 2]?.token;
  if (isOperator(first, "of")) {
    // "The area of 3 * 4 = 12" is not "half of 3 * 4 = 6".
    if (before?.kind !== "word" || !isUnitWord(before.word)) {
      return "nothing";
    }
    if (COMPUTING_NOUNS.has(before.word)) {
      return isWord(ahead, "an") ? "right" : "nothing";
    }
    return trustWords(tokens, { ...beginning, from: from - 1 }, false);
  }
  if (isOperator(first, "/", "^")) {
    return "nothing";
  }
  if (isLineEnd(before)) {
    return trustLineBefore(ahead, first);
  }
  if (isOperator(first, "*", "+", "-") && before !== undefined) {
    // What it works on is a word, a bracket, a factorial: "the price * 3 = 12", "n! - 2 + 4".
    const isPart =
      before.kind === "close" ||
      isMark(before, "|", "…", ".") ||
      (isMark(before, "!") && ahead?.kind !== "word");
    return !isOperator(first, "-") || isPart ? "nothing" : before.kind === "word" ? "right" : "all";
  }
  switch (before?.kind) {
    case "end":
      return trustMark(tokens, from, isBehindResult);
    case "open":
      return trustOpen(tokens, from);
    case "close":
      // "(a) (3 + 4)", but "f(1, 2)(3 + 4)".
      if (isOpaqueBrace(before)) {
        return "nothing";
      }
      return first?.kind !== "open" ? "all" : tokens[from]?.isSpaced ? "right" : "nothing";
    case "word":
      return trustWord(tokens, beginning);
    default:
      return "all";
  }
}

/** The end of what a command of LaTeX works with: "\\frac{d}{dx} 3 + 4". */
function isOpaqueBrace(token: Token): boolean {
  return token.kind === "close" && token.bracket === "brace";
}

/** A line that ends, or goes on, with an operator is one expression with the next. */
function trustLineBefore(last: Token | undefined, first: Token | undefined): Trust {
  if (isOperator(last, "+", "-", "/", "^")) {
    return "nothing";
  }
  const isListed = isOperator(first, "*", "+") && isOperand(last);
  return isListed || isOperator(last, "*") ? "right" : "all";
}

function trustMark(tokens: readonly PlacedToken[], from: number, isBehindResult: boolean): Trust {
  const first = tokens[from];
  const mark = tokens[from - 1];
  const ahead = tokens[from - 2]?.token;
  const isTight = first?.isSpaced === false && mark?.isSpaced === false && ahead?.kind === "number";
  if (isTight && isMark(mark?.token, ".", ",", ":")) {
    // "0.(3) * 3".
    return "nothing";
  }
  const isShort = ahead?.kind === "word" && ABBREVIATIONS.has(ahead.word);
  if (isMark(mark?.token, ".") && (isShort || ahead?.kind === "operator")) {
    // "Eq. 3 + Eq. 4", ".8 + . 84".
    return "nothing";
  }
  if (isMark(mark?.token, ":") && mark?.isSpaced && ahead?.kind === "number") {
    // "6 : 3 + 1".
    return "right";
  }
  // "14, 400 / 80 = 180".
  const mayBeOne =
    isMark(mark?.token, ",") &&
    first?.token.kind === "number" &&
    /^\d{3}$/.test(first.token.digits) &&
    ahead?.kind === "number";
  return mayBeOne && !isBehindResult ? "right" : "all";
}

/** A bracket that is never closed, as in "100 + (10 * 2 = 120": what it belongs to is not known. */
function trustOpen(tokens: readonly PlacedToken[], from: number): Trust {
  const ahead = tokens[from - 2]?.token;
  const isTight = tokens[from - 1]?.isSpaced === false;
  if (isOperator(ahead, "+", "-", "*", "/", "^") || (isTight && isOperand(ahead))) {
    return "nothing";
  }
  return isTight && ahead?.kind === "word" ? "right" : "all";
}

/** A word directly before the left side. */
function trustWord(tokens: readonly PlacedToken[], beginning: Beginning): Trust {
  const { from } = beginning;
  const before = tokens[from - 1]?.token;
  const first = tokens[from]?.token;
  if (before?.kind !== "word" || COMPUTING_BEFORE.has(before.word)) {
    return "nothing";
  }
  const { word } = before;
  if (first?.kind === "open" && (!CLAUSE.has(word) || COMPUTING_NOUNS.has(word))) {
    // A function of what stands in the brackets, "fib(7) - 3 = 10", unless a unit or the sign of a formula is between.
    const isUnit = MEASURES.has(word.replace(/s$/, "")) && isOperand(tokens[from - 2]?.token);
    const isFormula =
      gapBefore(tokens, from) > 1 && !COMPARING_BEFORE.has(word) && !COMPUTING_NOUNS.has(word);
    return isUnit || isFormula ? "right" : "nothing";
  }
  const isNumber = first?.kind === "number";
  if (isNumber && LABELS.has(word)) {
    return "nothing";
  }
  // "Day 1 + 2", "on day 1 * 2"; but "each day 5 * 7".
  const isPlaced = ["on", "in", "of"].some((place) => isWord(tokens[from - 2]?.token, place));
  const isNumbered =
    isNumber && NUMBERED.has(word) && (isPlaced || isOperator(tokens[from + 1]?.token, "+", "-"));
  const isUnsure = isNumbered || COMPARING_BEFORE.has(word) || COMPUTING_NOUNS.has(word);
  return least(isUnsure ? "right" : "all", trustWords(tokens, beginning, first?.kind === "open"));
}

/**
 * The words before the left side, up to where their clause begins. "The sum of 3 and 4 = 7" is not about 4; "3 * 4 =
 * 12 and 2 * 4 = 8" is about 2 * 4.
 */
function trustWords(tokens: readonly PlacedToken[], beginning: Beginning, isBracket: boolean): Trust {
  const { from, earliest, isBehindResult } = beginning;
  let start = from;
  let isClause = false;
  let isComputed = false;
  let isUnclaimed = false;
  let isAddition = false;
  while (start > earliest) {
    const token = tokens[start - 1]?.token;
    if (token?.kind !== "word" && !joinsWords(tokens, start - 1)) {
      break;
    }
    start -= 1;
    if (token?.kind === "word") {
      // "10 more to the 29 + 24 = 63".
      isAddition ||= token.word === "to";
      isUnclaimed ||= UNCLAIMED.has(token.word);
      isClause ||= CLAUSE.has(token.word) && !JOINTS.has(token.word);
      // "Half of the total 3 + 4".
      isComputed ||=
        !isClause && COMPUTING_NOUNS.has(token.word) && isOperator(tokens[start + 1]?.token, "of");
    }
  }
  const before = start > earliest ? tokens[start - 1]?.token : undefined;
  const only = start === from - 1 ? tokens[start]?.token : undefined;
  const joint = only?.kind === "word" && JOINTS.has(only.word) ? only.word : undefined;
  if (joint === "or" && isOperand(before)) {
    // "x = 3 or 4 + 1".
    return "nothing";
  }
  if (before?.kind === "operator") {
    // "Week 3 + Week 4 = 96", "25 pupils + his 2 teachers = 27", "20% of the 300 + 5".
    return isBracket ? "nothing" : "right";
  }
  if (joint !== undefined && isOperand(before) && earliest === 0) {
    return "right";
  }
  // "2 is (3 + 4)".
  const isCut = isBracket && isOperand(before) && !isBehindResult && !(joint !== undefined && earliest > 0);
  return isCut || isComputed || isUnclaimed || (isAddition && !isClause && isOperand(before))
    ? "right"
    : "all";
}

/** "Half of it", "sink/bin", "six-seater", "6-seater". */
function joinsWords(tokens: readonly PlacedToken[], at: number): boolean {
  const [before, sign, after] = tokens.slice(Math.max(0, at - 1), at + 2);
  if (sign === undefined || after?.token.kind !== "word") {
    return false;
  }
  const isTight = !sign.isSpaced && !after.isSpaced;
  return before?.token.kind === "word"
    ? isOperator(sign.token, "of") || (isTight && isOperator(sign.token, "/", "-"))
    : isTight && isOperator(sign.token, "-") && before?.token.kind === "number";
}

/** Between two numbers they make them one thing. */
const JOINTS: ReadonlySet<string> = new Set(["and", "or", "to", "from"]);

/** By what stands behind the right side. */
export function trustAfter(tokens: readonly PlacedToken[], to: number): Trust {
  const next = tokens[to];
  const after = tokens[to + 1];
  switch (next?.token.kind) {
    case undefined:
    case "equals":
      return "all";
    case "close":
      return isMark(after?.token, "!") && !after?.isSpaced ? "nothing" : "all";
    case "end":
      return trustEnd(next, tokens, to);
    case "word":
      return trustWordAfter(tokens, to, next.token.word);
    case "operator":
      return trustOperatorAfter(tokens, to);
    case "open":
      return isRemark(tokens, to) ? "all" : "right";
    case "number":
      return isNumberOfThings(tokens, to) ? "right" : "nothing";
    default:
      return "nothing";
  }
}

function trustEnd(next: PlacedToken, tokens: readonly PlacedToken[], to: number): Trust {
  const after = tokens[to + 1];
  // "8.333…" goes on; so do "0.\overline{3}" and "2 : 1"; "4!" may be 24.
  const isTight = !next.isSpaced && after?.isSpaced === false;
  const goesOn =
    isMark(next.token, "…") ||
    (isMark(next.token, "!") && !next.isSpaced) ||
    (isMark(next.token, ".") && isMark(after?.token, ".")) ||
    (isMark(next.token, ":") && after?.token.kind === "number") ||
    (isMark(next.token, ".", ",", ":") &&
      isTight &&
      after?.token.kind !== "word" &&
      after?.token.kind !== "end");
  if (goesOn) {
    return "nothing";
  }
  const isAsked = isMark(next.token, "?");
  const isContinued = isLineEnd(next.token) && isOperator(after?.token, "+", "/", "^");
  return isAsked || isContinued ? "right" : "all";
}

function trustWordAfter(tokens: readonly PlacedToken[], to: number, word: string): Trust {
  const after = tokens[to + 1]?.token;
  if (SCALING_BEHIND.has(word) && !isOperandStart(after)) {
    return word === "times" ? "all" : "right";
  }
  if (
    isComputingWord(word) ||
    (word === "and" && isFraction(tokens, to + 1)) ||
    (word === "r" && isOperand(after))
  ) {
    return "nothing";
  }
  const isRange = (word === "or" || word === "to") && after?.kind === "number";
  return CLOCK.has(word) || MONTHS.has(word) || isRange || isDenied(tokens, to) || isApplied(tokens, to)
    ? "right"
    : "all";
}

/** "= 6 $10 bills", "= 12 5-minute breaks"; but "= 14 000 pens" is one number. */
function isNumberOfThings(tokens: readonly PlacedToken[], to: number): boolean {
  const [number, next] = tokens.slice(to, to + 2).map(({ token }) => token);
  return (
    number?.kind === "number" &&
    number.digits.length !== 3 &&
    (number.unit !== undefined || next?.kind === "word" || isOperator(next, "-"))
  );
}

/** "5 + 3 = 9 is wrong". */
function isDenied(tokens: readonly PlacedToken[], to: number): boolean {
  return tokens
    .slice(to, to + 4)
    .some(
      ({ token }) =>
        token.kind === "word" &&
        /^(?:wrong|false|incorrect|impossible|not|untrue|isn['’]t)$/.test(token.word),
    );
}

/** Words, and then a bracket of numbers: "2 f(3 + 4)". */
function isApplied(tokens: readonly PlacedToken[], to: number): boolean {
  let at = to;
  while (tokens[at]?.token.kind === "word") {
    at += 1;
  }
  return tokens[at]?.token.kind === "open" && !isRemark(tokens, at);
}

/** "= 12 of them", a dash, or the end of an emphasis; else it works on a word: "= 12 * price". */
function trustOperatorAfter(tokens: readonly PlacedToken[], to: number): Trust {
  const sign = tokens[to]?.token;
  const after = tokens[to + 1]?.token;
  if (isOperator(sign, "of")) {
    return "all";
  }
  if (joinsWords(tokens, to)) {
    return tokens[to - 1]?.token.kind === "word" ? "all" : "right";
  }
  const isClosing = isOperator(sign, "*", "-");
  if (isClosing && after?.kind === "word" && isProseWord(after.word)) {
    return "right";
  }
  const isOver = after === undefined || after.kind === "end" || after.kind === "close";
  const goesOn = isMark(after, "?") || (isLineEnd(after) && isOperandStart(tokens[to + 2]?.token));
  return isClosing && isOver && !goesOn ? "all" : "nothing";
}

function isOperandStart(token: Token | undefined): boolean {
  return token?.kind === "number" || token?.kind === "open" || token?.kind === "fraction";
}

/** Whether a bracket explains, "= 14 (7 each)", and does not compute, "= 2 (3 + 4)". */
function isRemark(tokens: readonly PlacedToken[], open: number): boolean {
  const first = tokens[open + 1]?.token;
  if (first?.kind === "word" && (first.word === "mod" || first.word === "base")) {
    return false;
  }
  const inside = tokens.slice(open + 1, open + LONGEST_REMARK);
  const end = inside.findIndex(({ token }) => token.kind === "close" || token.kind === "end");
  return inside.slice(0, end === -1 ? undefined : end).some(({ token }) => token.kind === "word");
}

/** In tokens, as far as it is looked at. */
const LONGEST_REMARK = 24;

/** "5 and 2/3" is one number, unless the sign of a formula is between. */
function isFraction(tokens: readonly PlacedToken[], at: number): boolean {
  if (gapBefore(tokens, at - 1) > 1) {
    return false;
  }
  const start = tokens[at]?.token.kind === "open" ? at + 1 : at;
  const [first, second] = tokens.slice(start, start + 2).map(({ token }) => token);
  return first?.kind === "fraction" || (first?.kind === "number" && isOperator(second, "/"));
}
