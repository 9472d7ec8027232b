import type { PromptPart, Protocol } from "./protocol.ts";
import { without } from "./step-text.ts";

/** The tag's token is the space and the four newlines together. */
const TAG = " \n\n\n\n";

/** The language-model head's `+` against `-` at the tag after each step; trained beyond mathematics. */
export const versaprm = {
  id: "versaprm",
  label: "VersaPRM",
  source: "arXiv 2502.06737; https://github.com/UW-Madison-Lee-Lab/VersaPRM",
  readout: { kind: "step-classifier", classes: 2, positive: [1] },
  head: { kind: "lm-rows", candidates: ["-", "+"] },
  range: [0, 1],
  threshold: 0.5,
  maxTokens: 8192,
  note: "This model was trained on chains that end at their first bad step: what it says of later ones is out of its experience.",
  checks: [
    { text: TAG, is: "one-token", ids: { "llama-3": 23_535, "qwen2.5": 22_701 } },
    { text: "-", is: "one-token", ids: { "llama-3": 12, "qwen2.5": 12 } },
    { text: "+", is: "one-token", ids: { "llama-3": 10, "qwen2.5": 10 } },
  ],
  render: ({ problem, steps }, { autoPrefix }) => [
    [
      { origin: "template", text: autoPrefix },
      { origin: "problem", text: without(problem.trim(), TAG) },
      { origin: "template", text: " \n\n" },
      ...steps.flatMap((text, step): PromptPart[] => [
        { origin: "step", text: without(text.trim(), TAG), step },
        { origin: "template", text: TAG, step, read: "last" },
      ]),
    ],
  ],
} as const satisfies Protocol;
