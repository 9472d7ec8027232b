import type { Protocol } from "./protocol.ts";
import { separatedSteps } from "./separated-steps.ts";

/**
 * Token hazard. The prompt, each step's text and the newline after it are tokenized apart. Logits are
 * `[a, u, v]` a token: the hazard of token t is `sigmoid(a[t-1] + u[t])`, a step's reward the product of
 * `1 - hazard` over its tokens (newline included), and `sigmoid(v)` at the last token the trajectory reward.
 */
export const stepscopePrm = {
  id: "stepscope-prm",
  label: "Stepscope PRM (token hazard)",
  source: "Model card of stepscope-prm, in public/models/stepscope-prm/README.md",
  readout: { kind: "token-hazard" },
  head: { kind: "token-hazard" },
  range: [0, 1],
  threshold: 0.25,
  maxTokens: 8192,
  checks: [
    { text: "<|im_start|>", is: "special" },
    { text: "<|im_end|>", is: "special" },
    { text: "\n", is: "one-token" },
  ],
  render: ({ problem, steps }) => [
    [
      { origin: "template", text: "<|im_start|>user\n" },
      { origin: "problem", text: problem },
      { origin: "template", text: "<|im_end|>\n<|im_start|>assistant\n" },
    ],
    ...separatedSteps(steps, "\n"),
  ],
} as const satisfies Protocol;
