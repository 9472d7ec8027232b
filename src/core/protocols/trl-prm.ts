import type { PromptContext, PromptInput, PromptPiece, Protocol } from "./protocol.ts";
import { separatedSteps } from "./separated-steps.ts";

/**
 * As `PRMTrainer.tokenize_row`: prompt, steps and separators tokenized apart, a beginning-of-sequence token
 * where the tokenizer has one, nothing between prompt and first step.
 */
export function renderTrl(
  { problem, steps }: PromptInput,
  { bos }: PromptContext,
  separator: string,
): readonly PromptPiece[] {
  return [
    [
      { origin: "template", text: bos },
      { origin: "problem", text: problem },
    ],
    ...separatedSteps(steps, separator),
  ];
}

/** Token classification at the separator after each step; the trainer's own default is a newline. */
export const trlPrm = {
  id: "trl-prm",
  label: "trl PRMTrainer model",
  source: "https://huggingface.co/docs/trl/prm_trainer",
  readout: { kind: "step-classifier", classes: 2, positive: [1] },
  head: { kind: "linear", prefix: "score", outputs: 2 },
  range: [0, 1],
  threshold: 0.5,
  maxTokens: 1024,
  checks: [{ text: "\n", is: "encodable", ids: { "qwen2.5": 198, "llama-3": 198 } }],
  render: (input, context) => renderTrl(input, context, "\n"),
} as const satisfies Protocol;
