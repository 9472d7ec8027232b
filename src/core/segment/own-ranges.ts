/**
 * Steps whose places a person has set, as against those that a strategy finds. They hold whatever the strategy
 * says; the text between them is still cut by it.
 */
import type { CharOffset } from "../units.ts";
import type { Range } from "./strategy.ts";
import { pushTrimmed } from "./white-space.ts";

/** Increasing, never overlapping. */
export type OwnRanges = readonly Range[];

/**
 * The pieces of `[start, end)` of a text: own ranges, cut off at its ends, and what `cut` finds in the gaps.
 * @param cut Half-open range of the text to ranges of the text.
 */
export function piecesAround(
  text: string,
  { start, end }: Range,
  own: OwnRanges,
  cut: (gap: Range) => readonly Range[],
): Range[] {
  const pieces: Range[] = [];
  let from = start;
  const fill = (to: CharOffset) => {
    if (to > from) {
      // One by one: so many arguments as a long chain can have pieces no call takes.
      for (const piece of cut({ start: from, end: to })) {
        pieces.push(piece);
      }
    }
  };
  for (const range of own) {
    const first = Math.max(range.start, from);
    const last = Math.min(range.end, end);
    if (first < last) {
      fill(first);
      pushTrimmed(pieces, text, first, last);
      from = last;
    }
  }
  fill(end);
  return pieces;
}

/**
 * Own ranges after an edit of the text they lie in. A range that the edit is within takes it in; one that it covers
 * in part keeps the rest; one that is gone is left out. What is written at an end of a range belongs to it as long
 * as it begins no line, and to the former of two that touch.
 */
export function followEdit(own: OwnRanges, before: string, after: string): OwnRanges {
  const { start, end, newEnd } = changedPart(before, after);
  const shift = newEnd - end;
  const isWithinLine = start === end && !after.slice(start, newEnd).includes("\n");
  const followed: Range[] = [];
  let isTaken = false;
  for (const range of own) {
    const isAtEnd = range.end === start && isWithinLine;
    const isAtStart = range.start === start && isWithinLine && !isTaken;
    if (isAtEnd || isAtStart || (range.start <= start && range.end >= end && start < range.end)) {
      const isInFront = range.start === start && start === end && !isAtStart;
      followed.push({ start: range.start + (isInFront ? shift : 0), end: range.end + shift });
      isTaken ||= isAtEnd;
    } else if (range.end <= start) {
      followed.push(range);
    } else if (range.start >= end) {
      followed.push({ start: range.start + shift, end: range.end + shift });
    } else if (range.start < start) {
      followed.push({ start: range.start, end: start });
    } else if (range.end > end) {
      followed.push({ start: newEnd, end: range.end + shift });
    }
  }
  return followed.filter((range) => range.start < range.end);
}

/** What lies between the longest common beginning and end of two texts. */
function changedPart(before: string, after: string): Range & { readonly newEnd: CharOffset } {
  const longest = Math.min(before.length, after.length);
  let start = 0;
  while (start < longest && before[start] === after[start]) {
    start += 1;
  }
  let same = 0;
  while (same < longest - start && before.at(-1 - same) === after.at(-1 - same)) {
    same += 1;
  }
  return { start, end: before.length - same, newEnd: after.length - same };
}

export function areSameRanges(a: OwnRanges | undefined, b: OwnRanges | undefined): boolean {
  return (
    a === b ||
    (a?.length === b?.length &&
      a !== undefined &&
      a.every(({ start, end }, index) => start === b?.[index]?.start && end === b[index]?.end))
  );
}
