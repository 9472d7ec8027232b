import type { Protocol } from "./protocol.ts";
import { onOneLine } from "./step-text.ts";

/** p(good) - p(bad) at the newline after each step; question and steps are tokenized apart. */
export const purePrm = {
  id: "pure-prm",
  label: "PURE-PRM",
  source: "https://github.com/CJReinforce/PURE; https://huggingface.co/jinachris/PURE-PRM-7B",
  readout: { kind: "class-difference", classes: 2, positive: 1, negative: 0 },
  head: { kind: "linear", prefix: "score", outputs: 2 },
  range: [-1, 1],
  threshold: 0,
  maxTokens: 4096,
  checks: [{ text: "\n", is: "one-token" }],
  render: ({ problem, steps }) => [
    [{ origin: "problem", text: problem }],
    ...steps.flatMap((text, step) => [
      [{ origin: "step" as const, text: onOneLine(text), step }],
      [{ origin: "template" as const, text: "\n", step, read: "last" as const }],
    ]),
  ],
} as const satisfies Protocol;
