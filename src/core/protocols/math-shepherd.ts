import type { PromptPart, Protocol } from "./protocol.ts";
import { numbered, without } from "./step-text.ts";

const TAG = "ки";

/** The language-model head's `+` against `-` at the step tag itself. */
export const mathShepherd = {
  id: "math-shepherd",
  label: "Math-Shepherd",
  source: "arXiv 2312.08935; https://huggingface.co/peiyi9979/math-shepherd-mistral-7b-prm",
  readout: { kind: "step-classifier", classes: 2, positive: [0] },
  head: { kind: "lm-rows", candidates: ["+", "-"] },
  range: [0, 1],
  threshold: 0.5,
  maxTokens: 4096,
  checks: [
    { text: TAG, is: "encodable", ids: { mistral: 12_902 } },
    { text: "+", is: "one-token", ids: { mistral: 648 } },
    { text: "-", is: "one-token", ids: { mistral: 387 } },
  ],
  render: ({ problem, steps }, { autoPrefix }) => [
    [
      { origin: "template", text: autoPrefix },
      { origin: "problem", text: without(problem, TAG) },
      { origin: "template", text: " " },
      ...steps.flatMap((text, step): PromptPart[] => [
        ...(step === 0 ? [] : [{ origin: "template" as const, text: "\n" }]),
        { origin: "step", text: numbered(without(text, TAG).trim(), step), step },
        { origin: "template", text: ` ${TAG}`, step, read: "last" },
      ]),
    ],
  ],
} as const satisfies Protocol;
