import { AppError, throwIfAborted } from "../core/errors.ts";
import type { ModelManifest } from "../core/manifest.ts";
import type { RunWay, SelfTest } from "../core/scorer.ts";
import type { ScoredTrace } from "../core/trace.ts";
import { type ScoringModel, scoreTrace } from "./score-trace.ts";

/**
 * Some shaders are wrong only for prompts of 32 tokens or more, and others only with a cache: a first chunk this
 * long, and a canary longer than it, try both.
 */
const FIRST_CHUNK = 64;

/** What a fast way may change a reward by. 8-bit products were off by up to 0.044 on 44 steps of known chains. */
const INEXACT_TOLERANCE = 0.05;

/**
 * Scores the manifest's canary on this device and compares with the rewards stored there. A wrong device
 * returns finite, plausible numbers; only numbers known beforehand can tell. It also warms the shaders up.
 *
 * @throws AppError `self-test-failed` when any reward is off by more than the manifest's tolerance.
 */
export async function runSelfTest(
  model: ScoringModel,
  { canary }: ModelManifest,
  { isExact }: Pick<RunWay, "isExact">,
  signal: AbortSignal,
): Promise<SelfTest> {
  const tolerance = isExact ? canary.tolerance : Math.max(canary.tolerance, INEXACT_TOLERANCE);
  const started = performance.now();
  const scored = await scoreAnew(model, canary, FIRST_CHUNK, signal);
  const deltas = (canary.converted_rewards ?? canary.rewards).map((expected, index) =>
    Math.abs(expected - (scored.steps[index]?.reward ?? Number.NaN)),
  );
  if (canary.trajectory_reward !== undefined) {
    deltas.push(Math.abs(canary.trajectory_reward - (scored.trajectoryReward ?? Number.NaN)));
  }
  const maxDelta = Math.max(...deltas);
  // Written so that NaN fails.
  if (!(maxDelta <= tolerance)) {
    throw new AppError(
      "self-test-failed",
      `the self-test failed: rewards computed here are off by ${maxDelta.toFixed(3)}, more than ${tolerance}`,
      { maxDelta, tolerance },
    );
  }
  return { maxDelta, tolerance, duration: performance.now() - started };
}

const SPEED_PASSES = 2;
const MILLISECONDS = 1000;

/**
 * Tokens a second of the canary in one chunk, the best of two: whatever else runs on the machine only takes away.
 * The self-test has warmed the device up.
 */
export async function measureSpeed(
  model: ScoringModel,
  { canary }: ModelManifest,
  signal: AbortSignal,
): Promise<number> {
  let best = 0;
  for (let pass = 0; pass < SPEED_PASSES; pass += 1) {
    const { timing } = await scoreAnew(model, canary, Number.POSITIVE_INFINITY, signal);
    best = Math.max(best, (timing.tokens * MILLISECONDS) / timing.forward);
  }
  return best;
}

/** Scores the canary from nothing, and leaves nothing of it behind. */
async function scoreAnew(
  model: ScoringModel,
  { problem, steps }: ModelManifest["canary"],
  chunkTokens: number,
  signal: AbortSignal,
): Promise<ScoredTrace> {
  const scored = await scoreTrace(
    model,
    { problem, steps },
    { signal, emit: () => undefined },
    { chunkTokens },
  );
  throwIfAborted(signal);
  model.pool.clear();
  return scored;
}
