import type { PromptPart, Protocol } from "./protocol.ts";
import { renumbered, without } from "./step-text.ts";

/** The tag's token is the space and the five newlines together. */
const TAG = " \n\n\n\n\n";

/** Newlines are taken out, not replaced, so that none joins the tag's. */
function withoutNewlines(text: string): string {
  return without(text, "\n").trim();
}

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
  checks: [
    { text: TAG, is: "one-token", ids: { "qwen2.5": 76_325 } },
    { text: " +", is: "one-token", ids: { "qwen2.5": 488 } },
    { text: " -", is: "one-token", ids: { "qwen2.5": 481 } },
  ],
  render: ({ problem, steps }) => [
    [
      { origin: "problem", text: without(problem, "\n") },
      { origin: "template", text: " " },
      ...steps.flatMap((text, step): PromptPart[] => [
        { origin: "step", text: renumbered(withoutNewlines(text), step), step },
        { origin: "template", text: TAG, step, read: "last" },
        { origin: "template", text: " " },
      ]),
    ],
  ],
} as const satisfies Protocol;
