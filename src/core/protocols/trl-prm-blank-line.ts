import type { Protocol } from "./protocol.ts";
import { renderTrl, trlPrm } from "./trl-prm.ts";

/**
 * trl's convention with a blank line for a separator, as HuggingFaceH4's models were trained. Nothing in a
 * checkpoint tells its separator, so it is an id of its own that a manifest names.
 */
export const trlPrmBlankLine = {
  ...trlPrm,
  id: "trl-prm-blank-line",
  label: "trl PRMTrainer model, a blank line after each step",
  source: "https://huggingface.co/HuggingFaceH4/Qwen2.5-Math-1.5B-Instruct-PRM-0.2",
  maxTokens: 2048,
  checks: [{ text: "\n\n", is: "encodable", ids: { "qwen2.5": 271, "llama-3": 271 } }],
  render: (input, context) => renderTrl(input, context, "\n\n"),
} as const satisfies Protocol;
