/**
 * The default: a step is a paragraph, as in the `\n\n` rule of Qwen2.5-Math-PRM and ReasonFlux-PRM,
 * but read as a person would: blank lines may hold spaces, code and display math stay whole, and a
 * heading belongs to what it heads. Where these three make a difference, `paper` gives the reference.
 */
import { findBlocks } from "./blocks.ts";
import type { Range, SegmentationStrategy } from "./strategy.ts";
import { forEachLine, pushTrimmed, skipWhiteSpace } from "./white-space.ts";

const HEADING = /^#{1,6}(?:[ \t]|$)/;
const OPENING_FENCE = /^(?:`{3,}[^`]*$|~~~)/;
const BOLD_STEP = /^\*\*step \d/i;

/** Cuts at blank lines, keeping code, display math and headings together with what they belong to. */
export const blankLine = {
  id: "blank-line",
  label: "Blank lines",
  description: "A step ends at a blank line, outside code and display math; a heading joins the next step.",
  pieces(text: string): Range[] {
    return joinOpeners(text, paragraphs(text));
  },
} as const satisfies SegmentationStrategy;

function paragraphs(text: string): Range[] {
  const blocks = findBlocks(text);
  const pieces: Range[] = [];
  let block = 0;
  let from = 0;
  forEachLine(text, (start, end) => {
    if (skipWhiteSpace(text, start, end) < end) {
      return;
    }
    let current = blocks[block];
    while (current !== undefined && current.end <= start) {
      block += 1;
      current = blocks[block];
    }
    if (current === undefined || current.start > start) {
      pushTrimmed(pieces, text, from, start);
      from = end;
    }
  });
  pushTrimmed(pieces, text, from, text.length);
  return pieces;
}

/** Gives a piece that only opens something (a heading, a fence, `$$`) to the piece after it. */
function joinOpeners(text: string, pieces: readonly Range[]): Range[] {
  const joined: Range[] = [];
  let start: number | undefined;
  for (const [index, piece] of pieces.entries()) {
    start ??= piece.start;
    if (index === pieces.length - 1 || !isOpener(text.slice(piece.start, piece.end))) {
      joined.push({ start, end: piece.end });
      start = undefined;
    }
  }
  return joined;
}

function isOpener(piece: string): boolean {
  if (piece.includes("\n") || piece.includes("\r")) {
    return false;
  }
  return piece === "$$" || HEADING.test(piece) || OPENING_FENCE.test(piece) || isBoldHeading(piece);
}

/** A line all in bold that announces something: "**Case 1:**", "**Check**:", "**Step 2**". */
function isBoldHeading(line: string): boolean {
  const closing = line.indexOf("**", 2);
  if (!line.startsWith("**") || closing < line.length - 3) {
    return false;
  }
  return line.endsWith(":**") || line.endsWith("**:") || (line.endsWith("**") && BOLD_STEP.test(line));
}
