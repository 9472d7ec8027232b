import type { Protocol } from "./protocol.ts";
import { onOneLine } from "./step-text.ts";

/** Sigmoid of a scalar head at the newline after each step; prompt and steps are tokenized apart. */
export const skyworkO1OpenPrm = {
  id: "skywork-o1-open-prm",
  label: "Skywork-o1-Open-PRM",
  source: "https://github.com/SkyworkAI/skywork-o1-prm-inference",
  readout: { kind: "scalar" },
  head: { kind: "linear", prefix: "v_head.summary", outputs: 1 },
  range: [0, 1],
  threshold: 0.5,
  maxTokens: 4096,
  checks: [{ text: "\n", is: "one-token" }],
  render: ({ problem, steps }, { bos }) => [
    [
      { origin: "template", text: bos },
      { origin: "problem", text: problem },
      { origin: "template", text: "\n" },
    ],
    ...steps.flatMap((text, step) => [
      [{ origin: "step" as const, text: onOneLine(text), step }],
      [{ origin: "template" as const, text: "\n", step, read: "last" as const }],
    ]),
  ],
} as const satisfies Protocol;
