import type { CharOffset } from "../units.ts";
import type { Range } from "./strategy.ts";

/** Whether a UTF-16 code unit is white space, by the same set as `String.prototype.trim`. */
export function isWhiteSpace(code: number): boolean {
  if (code < 0x80) {
    return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  }
  return (
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

/** The first offset at or after `from` that is not white space, at most `end`. */
export function skipWhiteSpace(text: string, from: CharOffset, end: CharOffset): CharOffset {
  let at = from;
  while (at < end && isWhiteSpace(text.charCodeAt(at))) {
    at += 1;
  }
  return at;
}

/** Appends `[start, end)` without its surrounding white space, or nothing when nothing is left. */
export function pushTrimmed(pieces: Range[], text: string, start: CharOffset, end: CharOffset): void {
  const from = skipWhiteSpace(text, start, end);
  let to = end;
  while (to > from && isWhiteSpace(text.charCodeAt(to - 1))) {
    to -= 1;
  }
  if (from < to) {
    pieces.push({ start: from, end: to });
  }
}

/** The pieces between the given increasing cut offsets, trimmed. */
export function piecesBetween(text: string, cuts: readonly CharOffset[]): Range[] {
  const pieces: Range[] = [];
  let start = 0;
  for (const cut of cuts) {
    pushTrimmed(pieces, text, start, cut);
    start = cut;
  }
  pushTrimmed(pieces, text, start, text.length);
  return pieces;
}

/** The pieces between occurrences of a non-empty literal, as `text.split(separator)` finds them, trimmed. */
export function piecesApart(text: string, separator: string): Range[] {
  const pieces: Range[] = [];
  let start = 0;
  for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, start)) {
    pushTrimmed(pieces, text, start, at);
    start = at + separator.length;
  }
  pushTrimmed(pieces, text, start, text.length);
  return pieces;
}

/**
 * Calls `visit` with every line's half-open range, its line break left out. Breaks are LF, CRLF and
 * lone CR; a callback rather than a list because a megabyte may hold a million lines.
 */
export function forEachLine(text: string, visit: (start: CharOffset, end: CharOffset) => void): void {
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) {
      visit(start, at);
      if (code === 0x0d && text.charCodeAt(at + 1) === 0x0a) {
        at += 1;
      }
      start = at + 1;
    }
  }
  visit(start, text.length);
}
