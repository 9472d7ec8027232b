import type {
  PromptContext,
  PromptInput,
  PromptPart,
  PromptPiece,
  Protocol,
  ReadPosition,
} from "./protocol.ts";

/**
 * Nothing of the published code's separator is left in the ids, so prompt and steps are tokenized apart after
 * one beginning-of-sequence token.
 */
export function renderReasoneval(
  { problem, steps }: PromptInput,
  { bos }: PromptContext,
  read: ReadPosition,
): readonly PromptPiece[] {
  return [
    [
      { origin: "template", text: `${bos}Question:\n` },
      { origin: "problem", text: problem },
      { origin: "template", text: "\nAnswer:\nLet's think step by step.\n" },
    ],
    ...steps.map((text, step): PromptPart[] => [{ origin: "step", text, step, read }]),
  ];
}

/**
 * Three classes (negative, neutral, positive) at the end of each step. Validity, the reward, is neutral or
 * positive; redundancy is neutral alone.
 *
 * The published code for the 7B model takes its beginning-of-sequence token for a separator, removes it, and puts
 * it back without moving the positions it has noted: it reads one token before the last of each step. Its
 * published numbers were made so, and so they are here.
 */
export const reasoneval = {
  id: "reasoneval",
  label: "ReasonEval-7B",
  source: "arXiv 2404.05692; https://github.com/GAIR-NLP/ReasonEval (codes/examples.py)",
  readout: {
    kind: "step-classifier",
    classes: 3,
    positive: [1, 2],
    extra: [{ id: "redundancy", label: "redundancy", classes: [1], threshold: 0.15 }],
  },
  head: { kind: "linear", prefix: "score_head", outputs: 3 },
  range: [0, 1],
  threshold: 0.5,
  maxTokens: 4096,
  checks: [{ is: "bos" }],
  render: (input, context) => renderReasoneval(input, context, "second-last"),
} as const satisfies Protocol;
