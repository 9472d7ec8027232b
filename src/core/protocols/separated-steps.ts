import type { PromptPiece } from "./protocol.ts";

/**
 * Steps with a separator after each, every one of them tokenized apart, and the reward read at the separator's
 * last token: how trl's PRMTrainer and those before it lay out their training data.
 */
export function separatedSteps(steps: readonly string[], separator: string): readonly PromptPiece[] {
  return steps.flatMap((text, step): readonly PromptPiece[] => [
    [{ origin: "step", text, step }],
    [{ origin: "template", text: separator, step, read: "last" }],
  ]);
}
