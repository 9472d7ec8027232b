/** Finds `a = b` in a text, and of chains `a = b = c` every link. */
import { type Reading, readSide, type Side, USUAL_READING } from "./evaluate.ts";
import { isEqual } from "./rational.ts";
import { isLineEnd, isOperator, least, type Trust, trustAfter, trustBefore } from "./surroundings.ts";
import type { PlacedToken, Token } from "./tokens.ts";
import { isUnitWord } from "./words.ts";

/** One link: what stands on both sides of one equals sign. */
export interface Equation {
  /** More than one reading only where a dash may be a minus sign: first what holds, or else the one without. */
  readonly left: readonly Side[];
  readonly right: Side;
  readonly reading: Reading;
  readonly isApproximate: boolean;
  /** The left side without the number in front of its first dash, which may count: "2 - 3 + 5 = 8". */
  readonly unnumbered: Side | undefined;
  /** What may be said of it, by what stands around it. */
  readonly trust: Trust;
  /** Whether its left side is the right side of the equation before it. */
  readonly isChained: boolean;
  /** Half-open range in the text. */
  readonly start: number;
  readonly end: number;
}

export interface Equations {
  /** In text order. An equals sign without a side, or with something else than arithmetic on one, is not among them. */
  readonly equations: readonly Equation[];
  /**
   * How many equals signs claim something: what of them is not among the equations cannot be checked. The one that
   * only names what a checked equation computes, as in "x = 3 + 4 = 7", claims nothing of its own.
   */
  readonly signCount: number;
}

/** @param tokens Of the whole text. */
export function equationsIn(tokens: readonly PlacedToken[], reading: Reading = USUAL_READING): Equations {
  const equations: Equation[] = [];
  let earliest = 0;
  let signCount = 0;
  let named: number | undefined;
  for (const [at, { token }] of tokens.entries()) {
    if (token.kind === "equals") {
      const equation = equationAt(tokens, { at, earliest, reading, previous: equations.at(-1) });
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
  readonly reading: Reading;
  /** The equation found before it. */
  readonly previous: Equation | undefined;
}

function equationAt(tokens: readonly PlacedToken[], place: Place): Equation | undefined {
  const { at, earliest, reading, previous } = place;
  const leftEnd = isLineEnd(tokens[at - 1]?.token) ? at - 1 : at;
  const from = startOfLeft(tokens, leftEnd, earliest);
  const skips = isBullet(tokens, from) || isOperator(tokens[from]?.token, "of");
  const starts = isDash(tokens, from) ? [from + 1, from] : [skips ? from + 1 : from];
  const left = starts
    .map((start) => readSide(tokens, start, reading))
    .filter((side): side is Side => side?.to === leftEnd && side.value !== undefined);
  const rightStart = isLineEnd(tokens[at + 1]?.token) ? at + 2 : at + 1;
  const right = readSide(tokens, rightStart, reading);
  // What is quoted is what holds.
  left.sort((a, b) => Number(isTrue([b], right)) - Number(isTrue([a], right)));
  const [widest] = left;
  if (widest === undefined || right?.value === undefined) {
    return undefined;
  }
  const first = tokens[widest.from];
  // The unit of the result is not part of what is right or wrong.
  const last = tokens
    .slice(rightStart, right.to)
    .findLast(({ token }) => token.kind === "number" || token.kind === "close");
  if (first === undefined || last === undefined) {
    return undefined;
  }
  const sign = tokens[at]?.token;
  const isDoubtful =
    right.isAmbiguous ||
    left.some((side) => side.isAmbiguous) ||
    isLabel(widest, right, from > earliest || earliest === 0) ||
    // Code that compares claims nothing.
    (sign?.kind === "equals" && sign.isComparison === true);
  const isBehindResult =
    previous !== undefined && isTrue(previous.left, previous.right) && previous.right.to === from - 1;
  return {
    left,
    right,
    reading,
    unnumbered: unnumberedSide(tokens, from, reading),
    isApproximate: sign?.kind === "equals" && sign.isApproximate,
    trust: least(
      isDoubtful ? "right" : "all",
      trustBefore(tokens, { from, earliest, isBehindResult }),
      trustAfter(tokens, right.to),
    ),
    isChained: previous?.right.from === widest.from,
    start: first.start,
    end: last.end,
  };
}

function isTrue(left: readonly Side[], right: Side | undefined): boolean {
  return left.some(({ value }) => value && right?.value && isEqual(value, right.value));
}

function unnumberedSide(tokens: readonly PlacedToken[], from: number, reading: Reading): Side | undefined {
  const isCounted =
    tokens[from]?.token.kind === "number" &&
    isOperator(tokens[from + 1]?.token, "-") &&
    isLineStart(tokens, from);
  return isCounted ? readSide(tokens, from + 2, reading) : undefined;
}

/** "Area of 1 room = 11 * 11": the number on the left names what is computed. In a chain it is what was computed. */
function isLabel(left: Side, right: Side, isFirst: boolean): boolean {
  return isFirst && !left.hasOperator && right.hasOperator;
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
