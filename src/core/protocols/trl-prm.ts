import type { Protocol } from "./protocol.ts";
import { onOneLine } from "./step-text.ts";

/** The convention of trl's PRMTrainer: token classification at the separator after each step, pieces apart. */
export const trlPrm = {
  id: "trl-prm",
  label: "trl PRMTrainer model",
  source: "https://huggingface.co/docs/trl/prm_trainer",
  readout: { kind: "step-classifier", classes: 2, positive: [1] },
  head: { kind: "linear", prefix: "score", outputs: 2 },
  range: [0, 1],
  threshold: 0.5,
  maxTokens: 1024,
  checks: [{ text: "\n", is: "one-token" }],
  render: ({ problem, steps }, { bos }) => [
    [
      { origin: "template", text: bos },
      { origin: "problem", text: problem },
    ],
    ...steps.flatMap((text, step) => [
      [{ origin: "step" as const, text: onOneLine(text), step }],
      [{ origin: "template" as const, text: "\n", step, read: "last" as const }],
    ]),
  ],
} as const satisfies Protocol;
