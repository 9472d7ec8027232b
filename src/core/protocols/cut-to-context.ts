import { AppError } from "../errors.ts";
import type { StepIndex, TokenIndex } from "../units.ts";
import type { EncodedPrompt, EncodedStep } from "./encode-prompt.ts";

export interface StepTokens {
  readonly start: TokenIndex;
  readonly end: TokenIndex;
  readonly read: TokenIndex | undefined;
}

/** Keeps the steps that fit whole, and checks that every step of a prompt that fits has its read position. */
export function cutToContext(
  ids: readonly number[],
  tokens: ReadonlyMap<StepIndex, StepTokens>,
  stepCount: number,
  context: number,
): EncodedPrompt {
  const steps: EncodedStep[] = [];
  for (let step = 0; step < stepCount; step += 1) {
    const found = tokens.get(step);
    if (found?.read === undefined || found.end > context) {
      break;
    }
    steps.push({ tokens: [found.start, found.end], read: found.read });
  }
  if (ids.length <= context) {
    if (steps.length !== stepCount || new Set(steps.map(({ read }) => read)).size !== stepCount) {
      throw new AppError(
        "unsupported-model",
        `the model's tokenizer or chat template leaves ${new Set(steps.map(({ read }) => read)).size} read positions for ${stepCount} steps`,
      );
    }
    return { ids, steps };
  }
  const last = steps.at(-1);
  if (last === undefined) {
    throw new AppError(
      "bad-input",
      `the problem and the first step take more than the ${context.toLocaleString("en-US")} tokens this model reads at once`,
    );
  }
  return { ids: ids.slice(0, last.tokens[1]), steps };
}
