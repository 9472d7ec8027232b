import type { Protocol } from "./protocol.ts";
import { separatedSteps } from "./separated-steps.ts";

/**
 * p(good) - p(bad) at the newline after each step; question and steps are tokenized apart, with nothing between
 * question and first step. Newlines inside a step stay: the read position is known without looking for one.
 */
export const purePrm = {
  id: "pure-prm",
  label: "PURE-PRM",
  source: "https://github.com/CJReinforce/PURE; https://huggingface.co/jinachris/PURE-PRM-7B",
  readout: { kind: "class-difference", classes: 2, positive: 1, negative: 0 },
  head: { kind: "linear", prefix: "score", outputs: 2 },
  range: [-1, 1],
  threshold: 0,
  maxTokens: 4096,
  checks: [{ text: "\n", is: "one-token", ids: { "qwen2.5": 198 } }],
  render: ({ problem, steps }) => [[{ origin: "problem", text: problem }], ...separatedSteps(steps, "\n")],
} as const satisfies Protocol;
