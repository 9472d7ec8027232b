/**
 * A small rule-based sentence cutter: mathematical prose in Latin script plus CJK, Arabic and
 * Devanagari end marks. When in doubt it does not cut, because half a sentence is a worse step than
 * two sentences. Each rule looks a bounded way back and only over its own white space ahead, so the
 * walk is linear.
 */
import type { CharOffset } from "../units.ts";
import { isSentencePeriod, startsLikeSentence } from "./sentence-rules.ts";
import type { Range, SegmentationStrategy } from "./strategy.ts";
import { isWhiteSpace, piecesBetween, skipWhiteSpace } from "./white-space.ts";

/** Classes of characters, as bits, so that one look-up a character decides whether to stop. */
const END = 1;
/** End marks that need no space after them. */
const FULL_WIDTH_END = 2;
/** What may follow an end mark and still belong to its sentence: quotes, brackets, emphasis. */
const CLOSER = 4;
const SYNTAX = 8;
const CLASSES = new Uint8Array(0x1_0000);
for (const [chars, bit] of [
  [".!?…؟", END],
  ["。！？｡।", FULL_WIDTH_END],
  ["\"'”’»)]}*_`」』）】》", CLOSER],
  ["\\$\n", SYNTAX],
] as const) {
  for (const char of chars) {
    CLASSES[char.charCodeAt(0)] = bit;
  }
}
// Sticky, at a line's start; the white space it crosses ends at the next line break.
const NEW_ITEM = /[^\S\n]*(?:\n|[-+*•][ \t]|#{1,6}[ \t]|\d{1,3}[.)][ \t])/y;
const BLANK_LINE = /\n[^\S\n]*\n/;

/** Cuts after sentences, at blank lines and before list items; never inside `$…$`. */
export const sentence = {
  id: "sentence",
  label: "Sentences",
  description:
    "A step is a sentence; decimals, abbreviations, initials, ellipses and formulas do not end one.",
  pieces(text: string): Range[] {
    return piecesBetween(text, findEnds(text));
  },
} as const satisfies SegmentationStrategy;

function findEnds(text: string): CharOffset[] {
  const ends: CharOffset[] = [];
  let start = 0;
  let at = 0;
  const cut = (end: CharOffset): void => {
    // In a run of blank lines the first cut has skipped them all; skipping again would be quadratic.
    if (end > start) {
      ends.push(end);
      start = skipWhiteSpace(text, end, text.length);
    }
  };
  while (at < text.length) {
    const kind = classAt(text, at);
    if (kind === END) {
      const markEnd = skipClass(text, at, END);
      const end = skipClass(text, markEnd, CLOSER);
      if (isEnd(text, start, at, markEnd, end)) {
        cut(end);
      }
      at = end;
    } else if (kind === FULL_WIDTH_END) {
      at = skipClass(text, at, FULL_WIDTH_END | CLOSER);
      cut(at);
    } else if (kind === SYNTAX) {
      const next = skipSyntax(text, at);
      if (text[at] === "\n" && startsItem(text, next)) {
        cut(next);
      }
      at = next;
    } else {
      at += 1;
    }
  }
  return ends;
}

/** The offset after an escaped character, a formula or a line feed. */
function skipSyntax(text: string, at: CharOffset): CharOffset {
  const char = text[at];
  return char === "$" ? skipMath(text, at) : at + (char === "\\" ? 2 : 1);
}

/** Whether the line at `at` is blank or a list item or heading, before which a sentence ends. */
function startsItem(text: string, at: CharOffset): boolean {
  NEW_ITEM.lastIndex = at;
  return NEW_ITEM.test(text);
}

/** Whether the end marks in `[at, markEnd)`, with closers up to `end`, end the sentence from `start`. */
function isEnd(
  text: string,
  start: CharOffset,
  at: CharOffset,
  markEnd: CharOffset,
  end: CharOffset,
): boolean {
  if (end < text.length && !isWhiteSpace(text.charCodeAt(end))) {
    return false;
  }
  const marks = text.slice(at, markEnd);
  if (marks.includes("?") || marks.includes("؟")) {
    return true;
  }
  const next = skipWhiteSpace(text, end, text.length);
  if (marks.includes("!")) {
    // "5! = 120" and "n! is" are factorials.
    return startsLikeSentence(text, next);
  }
  return marks === "." && startsLikeSentence(text, next) && isSentencePeriod(text, start, at, next);
}

/** The offset after the formula that opens at `at`, or after the dollar sign when it is only money. */
function skipMath(text: string, at: CharOffset): CharOffset {
  const mark = text.startsWith("$$", at) ? "$$" : "$";
  const from = at + mark.length;
  const closing = text.indexOf(mark, from);
  if (closing < 0) {
    return from;
  }
  // Pandoc's rule for a single dollar: no space inside either end, so "$5 and $6" stays prose.
  const isMoney =
    mark === "$" &&
    (isWhiteSpace(text.charCodeAt(from)) ||
      isWhiteSpace(text.charCodeAt(closing - 1)) ||
      BLANK_LINE.test(text.slice(from, closing)));
  return isMoney ? from : closing + mark.length;
}

function classAt(text: string, at: CharOffset): number {
  return CLASSES[text.charCodeAt(at)] ?? 0;
}

function skipClass(text: string, from: CharOffset, classes: number): CharOffset {
  let at = from;
  while ((classAt(text, at) & classes) !== 0) {
    at += 1;
  }
  return at;
}
