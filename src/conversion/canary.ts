/** The chain whose rewards every converted model carries and every device must reproduce. */
import type { Scheme } from "../convert/quantize/scheme.ts";
import { AppError, throwIfAborted } from "../core/errors.ts";
import type { ModelManifest } from "../core/manifest.ts";
import type { CallContext, DeviceInfo } from "../core/scorer.ts";
import { openModel } from "../engine/open-model.ts";
import { scoreTrace } from "../engine/score-trace.ts";
import type { LoadedTokenizer } from "../engine/tokenizer.ts";
import type { WrittenModel } from "./workshop.ts";

/** A chain long enough (more than 64 tokens in any tokenizer) to catch shaders that fail on long prompts. */
export const CANARY = {
  problem:
    "A shop buys a 50 kilogram sack of rice for $50 and sells the rice at $1.20 per kilogram. What is the profit on the sack?",
  steps: [
    "The shop sells 50 kilograms at $1.20 each, so it takes in 50 x 1.20 = $60.",
    "The sack cost $50, so the profit is 60 - 50 = $11.",
    "The answer is 11.",
  ],
};

/** What another device may make of the same graph. */
const DEVICE_TOLERANCE = 0.01;

/** The same with 16-bit activations, which every device rounds in another order. */
const FLOAT16_TOLERANCE = 0.03;

/**
 * Largest change of a reward that is still believed to be quantization's where a graphics device measured it: a
 * wrong one returns plausible numbers, and would otherwise become what every device is compared with.
 */
const BELIEVED_OF_GPU = 0.1;

/** @throws AppError `self-test-failed` */
export function checkMeasured(
  rewards: readonly number[],
  converted: readonly number[],
  device: DeviceInfo | undefined,
): void {
  const change = Math.max(
    ...rewards.map((reward, index) => Math.abs(reward - (converted[index] ?? Number.NaN))),
  );
  // Written so that NaN fails.
  if (!(change <= (device?.id === "webgpu" ? BELIEVED_OF_GPU : 1))) {
    throw new AppError(
      "self-test-failed",
      `the converted model's rewards are off by ${change.toFixed(3)} from the checkpoint's, measured on ${device?.label ?? "this device"}`,
    );
  }
}

/**
 * @param rewards Of the checkpoint's own float32 pass.
 * @param converted Of the model that was written, on the device that converted it.
 */
export function canaryOf(
  rewards: readonly number[],
  converted: readonly number[],
  { activations }: Pick<Scheme, "activations">,
): ModelManifest["canary"] {
  return {
    ...CANARY,
    rewards: [...rewards],
    converted_rewards: [...converted],
    tolerance: activations === "float16" ? FLOAT16_TOLERANCE : DEVICE_TOLERANCE,
  };
}

/**
 * The canary's rewards by a model that has no complete manifest yet.
 * @param ctx Told the device before it is opened.
 * @throws AppError `cancelled`, and what scoring throws.
 */
export async function scoreCanary(
  { candidate, ...written }: WrittenModel,
  draft: ModelManifest,
  tokenizer: LoadedTokenizer,
  { signal, emit }: CallContext<DeviceInfo>,
): Promise<readonly number[]> {
  emit(candidate.info);
  const model = await openModel({ ...written, manifest: draft }, candidate, tokenizer);
  try {
    const scored = await scoreTrace(model.scoring, CANARY, { signal, emit: () => undefined });
    throwIfAborted(signal);
    return scored.steps.map(({ reward }) => reward);
  } finally {
    await model.release();
  }
}
