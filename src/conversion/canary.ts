/** The chain whose rewards every converted model carries and every device must reproduce. */
import type { ModelManifest } from "../core/manifest.ts";
import type { ScoredTrace } from "../core/trace.ts";
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

/** What another device may add to the difference that quantization makes. */
const DEVICE_TOLERANCE = 0.01;

/** @param rewardError Largest difference of a reward from `rewards`, measured where the model was converted. */
export function canaryOf(rewards: readonly number[], rewardError: number): ModelManifest["canary"] {
  return { ...CANARY, rewards: [...rewards], tolerance: Math.min(rewardError + DEVICE_TOLERANCE, 1) };
}

/** Largest difference between a scored canary and the rewards it should have; NaN when a step is missing. */
export function largestDifference(own: ScoredTrace, reference: readonly number[]): number {
  return Math.max(
    ...reference.map((reward, index) => Math.abs(reward - (own.steps[index]?.reward ?? Number.NaN))),
  );
}

/** Scores the canary with a model that has no complete manifest yet. */
export async function scoreCanary(
  { pretrainedId, candidate }: WrittenModel,
  manifest: ModelManifest,
  tokenizer: LoadedTokenizer,
  signal: AbortSignal,
): Promise<ScoredTrace> {
  const model = await openModel(
    { manifest, pretrainedId },
    candidate.info,
    await candidate.open(),
    tokenizer,
  );
  try {
    return await scoreTrace(model.scoring, CANARY, { signal, emit: () => undefined });
  } finally {
    await model.release();
  }
}
