import type { Protocol } from "./protocol.ts";
import { separatedSteps } from "./separated-steps.ts";
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
  checks: [{ is: "bos" }, { text: "\n", is: "one-token", ids: { "qwen2.5": 198 } }],
  render: ({ problem, steps }, { bos }) => [
    [
      { origin: "template", text: bos },
      { origin: "problem", text: problem },
      { origin: "template", text: "\n" },
    ],
    ...separatedSteps(steps.map(onOneLine), "\n"),
  ],
} as const satisfies Protocol;
