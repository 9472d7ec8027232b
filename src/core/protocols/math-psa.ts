import type { PromptPart, Protocol } from "./protocol.ts";
import { numbered, onOneLine } from "./step-text.ts";

/** The tag's token is the space and the five newlines together. */
const TAG = " \n\n\n\n\n";

/** The language-model head's ` +` against ` -` at the tag. The LoRA must be merged before conversion. */
export const mathPsa = {
  id: "math-psa",
  label: "Math-PSA",
  source: "https://github.com/openreasoner/openr (prm)",
  readout: { kind: "step-classifier", classes: 2, positive: [0] },
  head: { kind: "lm-rows", candidates: [" +", " -"] },
  range: [0, 1],
  threshold: 0.5,
  maxTokens: 2048,
  checks: [{ text: TAG, is: "one-token" }],
  render: ({ problem, steps }) => [
    [
      { origin: "problem", text: onOneLine(problem) },
      { origin: "template", text: " " },
      ...steps.flatMap((text, step): PromptPart[] => [
        { origin: "step", text: numbered(onOneLine(text), step), step },
        { origin: "template", text: TAG, step, read: "last" },
        { origin: "template", text: " " },
      ]),
    ],
  ],
} as const satisfies Protocol;
