/** Finds `a = b` in a text, and of chains `a = b = c` every link. */
import { isComputingWord, isUnitWord, type PercentReading, readSide, type Side } from "./evaluate.ts";
import { type PlacedToken, type Token, tokenize } from "./tokens.ts";

/** One link: what stands on both sides of one equals sign. */
export interface Equation {
  /** More than one reading only where a dash may be a minus sign, the likelier first. */
  readonly left: readonly Side[];
  readonly right: Side;
  readonly isApproximate: boolean;
  /** Whether what stands around it leaves no doubt where both sides begin and end. */
  readonly isSafe: boolean;
  /** Half-open range in the text. */
  readonly start: number;
  readonly end: number;
}

/** Words before "of" that compute with what follows. */
const COMPUTING_NOUNS = new Set(
  "half halves third thirds quarter quarters fourth fifth sixth eighth tenth root square cube power percent percentage average mean median log factorial multiple remainder inverse reciprocal double twice".split(
    " ",
  ),
);
/** Words that, standing before a number, compute with it. */
const COMPUTING_WORDS = new Set(
  "plus minus times over by divided multiplied than less more twice half double mod modulo root log sin cos tan exp ln gcd lcm max min floor ceil ceiling sqrt cbrt abs round sum avg fact factorial".split(
    " ",
  ),
);

export interface Equations {
  /** In text order. An equals sign without a side, or with something else than arithmetic on one, is not among them. */
  readonly equations: readonly Equation[];
  /**
   * How many equals signs claim something: what of them is not among the equations cannot be checked. The one that
   * only names what a checked equation computes, as in "x = 3 + 4 = 7", claims nothing of its own.
   */
  readonly signCount: number;
}

export function findEquations(text: string, percent: PercentReading): Equations {
  return equationsIn(tokenize(text), percent);
}

/** @param tokens Of the whole text; see {@link findEquations}. */
export function equationsIn(tokens: readonly PlacedToken[], percent: PercentReading): Equations {
  const equations: Equation[] = [];
  let earliest = 0;
  let signCount = 0;
  let named: number | undefined;
  for (const [at, { token }] of tokens.entries()) {
    if (token.kind === "equals") {
      const equation = equationAt(tokens, { at, earliest, percent });
      if (equation !== undefined) {
        equations.push(equation);
        signCount -= equation.start === named ? 1 : 0;
      }
      named = equation === undefined && isName(tokens, at) ? tokens[at + 1]?.start : undefined;
      earliest = at + 1;
      signCount += 1;
    }
  }
  return { equations, signCount };
}

/** Whether a word or a letter by itself stands before the equals sign. */
function isName(tokens: readonly PlacedToken[], at: number): boolean {
  const [before, name] = [tokens[at - 2]?.token.kind, tokens[at - 1]?.token.kind];
  return (
    (name === "word" || name === "opaque") && (before === undefined || before === "end" || before === "word")
  );
}

interface Place {
  /** Of the equals sign. */
  readonly at: number;
  /** No side begins before it: the token behind the equals sign before. */
  readonly earliest: number;
  readonly percent: PercentReading;
}

function equationAt(tokens: readonly PlacedToken[], place: Place): Equation | undefined {
  const { at, earliest, percent } = place;
  const leftEnd = isLineEnd(tokens[at - 1]?.token) ? at - 1 : at;
  const from = startOfLeft(tokens, leftEnd, earliest);
  const skips = isBullet(tokens, from) || isOperator(tokens[from]?.token, "of");
  const starts = isDash(tokens, from) ? [from + 1, from] : [skips ? from + 1 : from];
  const left = starts
    .map((start) => readSide(tokens, start, percent))
    .filter((side): side is Side => side?.to === leftEnd && side.value !== undefined);
  const rightStart = isLineEnd(tokens[at + 1]?.token) ? at + 2 : at + 1;
  const right = readSide(tokens, rightStart, percent);
  const [widest] = left;
  if (widest === undefined || right?.value === undefined) {
    return undefined;
  }
  const first = tokens[widest.from];
  // The unit of the result is not part of what is right or wrong.
  const last = tokens.slice(rightStart, right.to).findLast(({ token }) => token.kind !== "word");
  if (first === undefined || last === undefined) {
    return undefined;
  }
  const sign = tokens[at]?.token;
  return {
    left,
    right,
    isApproximate: sign?.kind === "equals" && sign.isApproximate,
    isSafe:
      !right.isAmbiguous &&
      !left.some((side) => side.isAmbiguous) &&
      !isLabel(widest, right, from > earliest || earliest === 0) &&
      isSafeBefore(tokens, from, earliest) &&
      isSafeAfter(tokens, right.to),
    start: first.start,
    end: last.end,
  };
}

/** "Area of 1 room = 11 * 11": the number on the left names what is computed. In a chain it is what was computed. */
function isLabel(left: Side, right: Side, isFirst: boolean): boolean {
  return isFirst && !left.hasOperator && right.hasOperator;
}

function isLineEnd(token: Token | undefined): boolean {
  return token?.kind === "end" && token.mark === "\n";
}

function isOperator(token: Token | undefined, ...signs: readonly string[]): boolean {
  return token?.kind === "operator" && signs.includes(token.operator);
}

/** Walks back over what can belong to an expression. */
function startOfLeft(tokens: readonly PlacedToken[], end: number, earliest: number): number {
  let from = end;
  const closes: number[] = [];
  while (from > earliest) {
    const token = tokens[from - 1]?.token;
    if (token?.kind === "end" || token === undefined) {
      break;
    }
    if (token.kind === "open" && closes.pop() === undefined) {
      break;
    }
    if (token.kind === "close") {
      closes.push(from - 1);
    }
    if (token.kind === "word") {
      const start = goesOn(tokens[from]?.token) ? startOfUnit(tokens, from, earliest) : undefined;
      if (start === undefined) {
        break;
      }
      from = start;
    } else {
      from -= 1;
    }
  }
  // A bracket that closes what was not opened here belongs to what stands before: "2) 3 + 4 = 7".
  const unopened = closes.at(0);
  return unopened === undefined ? from : unopened + 1;
}

/** Whether arithmetic goes on after a unit: "3 buses have 3 * 48" is two things. */
function goesOn(token: Token | undefined): boolean {
  return (
    token?.kind === "operator" || token?.kind === "close" || token?.kind === "equals" || isLineEnd(token)
  );
}

/** Where the words of a unit begin; undefined when no number stands before them. */
function startOfUnit(tokens: readonly PlacedToken[], end: number, earliest: number): number | undefined {
  for (let from = end; from > earliest; from -= 1) {
    const token = tokens[from - 1]?.token;
    if (token?.kind === "number" || token?.kind === "close") {
      return from;
    }
    // "pens/box", "pounds of rice": the word was just passed.
    const isJoint = isOperator(token, "/", "of") && tokens[from]?.token.kind === "word";
    if (!isJoint && (token?.kind !== "word" || !isUnitWord(token.word))) {
      return undefined;
    }
  }
  return undefined;
}

/** A dash that may be a minus sign or punctuation: "- 3 + 4", "so - 3 + 4". */
function isDash(tokens: readonly PlacedToken[], from: number): boolean {
  return isOperator(tokens[from]?.token, "-") && tokens[from + 1]?.isSpaced === true;
}

/** An asterisk or plus that opens an item of a list. */
function isBullet(tokens: readonly PlacedToken[], from: number): boolean {
  return isOperator(tokens[from]?.token, "*", "+") && isLineStart(tokens, from);
}

function isLineStart(tokens: readonly PlacedToken[], from: number): boolean {
  return from === 0 || isLineEnd(tokens[from - 1]?.token);
}

function isSafeBefore(tokens: readonly PlacedToken[], from: number, earliest: number): boolean {
  const first = tokens[from]?.token;
  const before = from > earliest ? tokens[from - 1]?.token : undefined;
  if (isOperator(first, "of")) {
    // "The area of 3 * 4 = 12" is not "half of 3 * 4 = 6".
    return before?.kind === "word" && isUnitWord(before.word) && !COMPUTING_NOUNS.has(before.word);
  }
  if (isOperator(first, "/", "^")) {
    return false;
  }
  if (isOperator(first, "*", "+", "-") && before !== undefined && !isLineEnd(before)) {
    // What it works on is a word: "the price * 3 = 12".
    return isOperator(first, "-") && before.kind !== "word" && !isEllipsis(before);
  }
  if (before?.kind === "end" && before.mark === ",") {
    // "14, 400 / 80 = 180".
    return !(
      first?.kind === "number" &&
      /^\d{3}$/.test(first.digits) &&
      tokens[from - 2]?.token.kind === "number"
    );
  }
  if (before?.kind === "open") {
    // A bracket that is never closed, as in "100 + (10 * 2 = 120": what it belongs to is not known.
    return !isOperator(tokens[from - 2]?.token, "+", "-", "*", "/");
  }
  if (
    (before?.kind === "word" || before?.kind === "close") &&
    first?.kind === "open" &&
    tokens[from]?.isSpaced === false
  ) {
    // A function of what stands in the brackets: "fib(7) - 3 = 10".
    return false;
  }
  return before?.kind !== "word" || (!isRange(tokens, from) && isSafeWord(tokens, from - 1, earliest));
}

/** "Weeks 1-2 = 96 - 70". */
function isRange(tokens: readonly PlacedToken[], from: number): boolean {
  const [low, dash, high, end] = tokens.slice(from, from + 4);
  return (
    low?.token.kind === "number" &&
    isOperator(dash?.token, "-") &&
    dash?.isSpaced === false &&
    high?.token.kind === "number" &&
    end?.token.kind === "equals" &&
    Number(low.token.digits) < Number(high.token.digits)
  );
}

function isEllipsis(token: Token): boolean {
  return token.kind === "end" && (token.mark === "." || token.mark === "…");
}

/** "the sum of 3 and 4 = 7" is not about 4; "3 * 4 = 12 and 2 * 4 = 8" is about 2 * 4. */
function isSafeWord(tokens: readonly PlacedToken[], at: number, earliest: number): boolean {
  const token = tokens[at]?.token;
  if (token?.kind !== "word" || COMPUTING_WORDS.has(token.word)) {
    return false;
  }
  const isJoint = token.word === "and" || token.word === "or" || token.word === "to" || token.word === "from";
  let start = at;
  while (start > earliest && tokens[start - 1]?.token.kind === "word") {
    start -= 1;
  }
  const before = start > earliest ? tokens[start - 1]?.token : undefined;
  if (before?.kind === "operator") {
    // "Week 3 + Week 4 = 96", "25 pupils + his 2 teachers = 27".
    return false;
  }
  const joinsNumbers = isJoint && start === at && (before?.kind === "number" || before?.kind === "close");
  return !joinsNumbers || earliest > 0;
}

/** Whether the right side ends where it was read to end. */
function isSafeAfter(tokens: readonly PlacedToken[], to: number): boolean {
  const next = tokens[to];
  const after = tokens[to + 1]?.token;
  switch (next?.token.kind) {
    case undefined:
    case "equals":
    case "close":
      return true;
    case "end":
      // "8.333…" goes on.
      return !(
        next.token.mark === "…" ||
        (next.token.mark === "." && after?.kind === "end" && after.mark === ".")
      );
    case "word":
      return !isComputingWord(next.token.word) && !(next.token.word === "and" && isFraction(tokens, to + 1));
    case "operator":
      // "= 12 of them", a dash, or the end of an emphasis; else it works on a word: "= 12 * price".
      return (
        next.token.operator === "of" || after === undefined || after.kind === "end" || after.kind === "close"
      );
    case "open":
      return !(after?.kind === "word" && (after.word === "mod" || after.word === "base"));
    default:
      return false;
  }
}

/** "5 and 2/3" is one number. */
function isFraction(tokens: readonly PlacedToken[], at: number): boolean {
  const start = tokens[at]?.token.kind === "open" ? at + 1 : at;
  const [first, second] = tokens.slice(start, start + 2).map(({ token }) => token);
  return first?.kind === "fraction" || (first?.kind === "number" && isOperator(second, "/"));
}
