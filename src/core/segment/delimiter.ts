import type { Range, SegmentationStrategy, SegmentOptions } from "./strategy.ts";
import { piecesApart, piecesBetween } from "./white-space.ts";

/** Cuts at a literal text of the user's; an empty one leaves the text in one piece. */
export const delimiter = {
  id: "delimiter",
  label: "Custom delimiter",
  description: "A step ends wherever a text of your choice stands; that text belongs to no step.",
  pieces(text: string, options: SegmentOptions): Range[] {
    return options.delimiter === "" ? piecesBetween(text, []) : piecesApart(text, options.delimiter);
  },
} as const satisfies SegmentationStrategy;
