import { renderMarkedChat } from "./marked-chat.ts";
import type { Protocol } from "./protocol.ts";

/**
 * Step classifier: softmax of two classes at `<extra_0>` after each step; class 1 is "correct so far".
 * The 7B, the 72B and the PRM800K variant share it.
 */
export const qwen25MathPrm = {
  id: "qwen2.5-math-prm",
  label: "Qwen2.5-Math-PRM",
  source: "https://huggingface.co/Qwen/Qwen2.5-Math-PRM-7B",
  readout: { kind: "step-classifier", classes: 2, positive: [1] },
  head: { kind: "mlp", prefix: "score", outputs: 2 },
  range: [0, 1],
  threshold: 0.5,
  maxTokens: 4096,
  checks: [{ text: "<extra_0>", is: "special", ids: { "qwen2.5": 151_651 } }],
  render: (input, context) =>
    renderMarkedChat(input, context, {
      system: "Please reason step by step, and put your final answer within \\boxed{}.",
      marker: "<extra_0>",
    }),
} as const satisfies Protocol;
