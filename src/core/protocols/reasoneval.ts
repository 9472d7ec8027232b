import type { PromptPart, Protocol } from "./protocol.ts";

/**
 * Three classes (negative, neutral, positive) at the last token of each step. Validity, the reward, is
 * neutral or positive; redundancy is neutral alone. Nothing of the separator is left in the ids, so prompt
 * and steps are tokenized apart after one beginning-of-sequence token.
 */
export const reasoneval = {
  id: "reasoneval",
  label: "ReasonEval",
  source: "arXiv 2404.05692; https://github.com/GAIR-NLP/ReasonEval",
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
  checks: [],
  render: ({ problem, steps }, { bos }) => [
    [
      { origin: "template", text: `${bos}Question:\n` },
      { origin: "problem", text: problem },
      { origin: "template", text: "\nAnswer:\nLet's think step by step.\n" },
    ],
    ...steps.map((text, step): PromptPart[] => [{ origin: "step", text, step, read: "last" }]),
  ],
} as const satisfies Protocol;
