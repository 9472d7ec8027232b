import { renderMarkedChat } from "./marked-chat.ts";
import type { Protocol } from "./protocol.ts";

/** As Qwen2.5-Math-PRM, but without a system message: the checkpoint's template adds its own. */
export const reasonfluxPrm7b = {
  id: "reasonflux-prm-7b",
  label: "ReasonFlux-PRM-7B",
  source: "arXiv 2506.18896; https://huggingface.co/Gen-Verse/ReasonFlux-PRM-7B",
  readout: { kind: "step-classifier", classes: 2, positive: [1] },
  head: { kind: "mlp", prefix: "score", outputs: 2 },
  range: [0, 1],
  threshold: 0.5,
  maxTokens: 32768,
  checks: [{ text: "<extra_0>", is: "special", ids: { "qwen2.5": 151_651 } }],
  render: (input, context) => renderMarkedChat(input, context, { marker: "<extra_0>" }),
} as const satisfies Protocol;
