/**
 * For chains that number their steps, as Math-Shepherd data ("Step 1: …"), ThinkPRM and the
 * search-and-learn system prompt ("## Step 1: …") do. Plain list numbers are not markers: a list is
 * more often inside a step than between two.
 */
import type { CharOffset } from "../units.ts";
import type { Range, SegmentationStrategy } from "./strategy.ts";
import { forEachLine, piecesBetween, skipWhiteSpace } from "./white-space.ts";

// Tried once a line, at its first character, and every repetition is bounded.
const MARKER = /(#{1,6}[ \t]{0,8})?(\*\*|__)?step[ \t\u00a0]{1,4}\d{1,6}(.{0,8})/iy;
/** Punctuation that ends a marker; "Step 3.5" and "Steps 2-4" are prose. */
const AFTER_NUMBER = /^[ \t]{0,4}(?:\*\*|__)?[ \t]{0,4}(?:[:)–—]|[.-](?!\d))/;
/** Markup says as much as punctuation does: "## Step 2 Add up", "**Step 2** Add up". */
const AFTER_HEADING = /^(?:[ \t*_]|$)/;
const END_OF_BOLD = /^[ \t]{0,4}(?:\*\*|__)/;

/** Cuts before every "Step <number>" that starts a line; what precedes the first is a step too. */
export const stepMarker = {
  id: "step-marker",
  label: "Step markers",
  description: "A step starts at a line such as “Step 2:”, “## Step 2” or “**Step 2**”.",
  pieces(text: string): Range[] {
    const cuts: CharOffset[] = [];
    forEachLine(text, (start, end) => {
      const from = skipWhiteSpace(text, start, end);
      if (from < end && isMarker(text, from)) {
        cuts.push(from);
      }
    });
    return piecesBetween(text, cuts);
  },
} as const satisfies SegmentationStrategy;

function isMarker(text: string, at: CharOffset): boolean {
  MARKER.lastIndex = at;
  const match = MARKER.exec(text);
  if (match === null) {
    return false;
  }
  const [, heading, bold, rest = ""] = match;
  return (
    AFTER_NUMBER.test(rest) ||
    (heading !== undefined && AFTER_HEADING.test(rest)) ||
    (bold !== undefined && END_OF_BOLD.test(rest))
  );
}
