/**
 * `text.split("\n\n")` and nothing else, as the reference code of Qwen2.5-Math-PRM and ReasonFlux-PRM
 * documents it ("split the entire answer with `\n\n`"), for reproducing published numbers. It cuts
 * inside code and math, and leaves CRLF texts in one piece, because they do.
 * https://huggingface.co/Gen-Verse/ReasonFlux-PRM-7B, https://huggingface.co/Qwen/Qwen2.5-Math-PRM-7B
 */
import type { Range, SegmentationStrategy } from "./strategy.ts";
import { piecesApart } from "./white-space.ts";

/** Cuts at every two line feeds. */
export const paper = {
  id: "paper",
  label: "Double newline (as in the papers)",
  description: "A step ends at two newlines, wherever they stand: the rule of Qwen PRM and ReasonFlux-PRM.",
  pieces(text: string): Range[] {
    return piecesApart(text, "\n\n");
  },
} as const satisfies SegmentationStrategy;
