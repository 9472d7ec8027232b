/** The rule of Skywork-o1-Open-PRM: https://github.com/SkyworkAI/skywork-o1-prm-inference */
import type { Range, SegmentationStrategy } from "./strategy.ts";
import { forEachLine, pushTrimmed } from "./white-space.ts";

/** Cuts at every line break (LF, CRLF or CR); blank lines make no step. */
export const line = {
  id: "line",
  label: "Lines",
  description: "Every line that is not blank is a step.",
  pieces(text: string): Range[] {
    const pieces: Range[] = [];
    forEachLine(text, (start, end) => pushTrimmed(pieces, text, start, end));
    return pieces;
  },
} as const satisfies SegmentationStrategy;
