/**
 * What the step rewards say against a threshold. A step without a reward is never bad and never
 * good: it is skipped, and the sentence says how many were scored.
 */
import type { ScoredTrace } from "./trace.ts";
import type { Probability, StepIndex } from "./units.ts";

/** Step rewards in step order, undefined where a step was not scored. */
export type StepRewards = readonly (Probability | undefined)[];

/** A result's rewards laid out over all steps of its trace. */
export function stepRewards(scored: ScoredTrace): (Probability | undefined)[] {
  const rewards = new Array<Probability | undefined>(scored.stepCount).fill(undefined);
  for (const { index, reward } of scored.steps) {
    if (index < rewards.length) {
      rewards[index] = reward;
    }
  }
  return rewards;
}

/** Index of the first step whose reward is strictly below the threshold, -1 for none. */
export function firstError(rewards: StepRewards, threshold: Probability): StepIndex {
  return rewards.findIndex((reward) => reward !== undefined && reward < threshold);
}

/** Indices of all steps whose reward is strictly below the threshold, increasing. */
export function badSteps(rewards: StepRewards, threshold: Probability): StepIndex[] {
  const bad: StepIndex[] = [];
  for (const [index, reward] of rewards.entries()) {
    if (reward !== undefined && reward < threshold) {
      bad.push(index);
    }
  }
  return bad;
}

/** The step with the lowest reward, the first of equals; undefined when none was scored. */
export function worstStep(rewards: StepRewards): { index: StepIndex; reward: Probability } | undefined {
  let worst: { index: StepIndex; reward: Probability } | undefined;
  for (const [index, reward] of rewards.entries()) {
    if (reward !== undefined && (worst === undefined || reward < worst.reward)) {
      worst = { index, reward };
    }
  }
  return worst;
}

/** The verdict for people: one sentence, steps counted from 1. */
export function verdictSentence(rewards: StepRewards, threshold: Probability): string {
  const count = rewards.length;
  if (count === 0) {
    return "There are no steps.";
  }
  const scored = rewards.filter((reward) => reward !== undefined).length;
  const worst = worstStep(rewards);
  if (worst === undefined) {
    return count === 1 ? "The only step is not scored." : `None of ${count} steps is scored.`;
  }
  const limit = formatThreshold(threshold);
  const first = firstError(rewards, threshold);
  const reward = rewards[first];
  const coverage = scored < count ? `${scored} of ${count} steps scored: ` : "";
  if (reward !== undefined) {
    const number = formatBelow(reward, threshold);
    return coverage === ""
      ? `Step ${first + 1} of ${count} is the first bad one: reward ${number}, below ${limit}.`
      : `${coverage}the first bad one is step ${first + 1}, reward ${number}, below ${limit}.`;
  }
  const lowest = `the lowest is step ${worst.index + 1} with ${worst.reward.toFixed(2)}.`;
  return coverage === ""
    ? `No step of ${count} falls below ${limit}; ${lowest}`
    : `${coverage}none of them falls below ${limit}; ${lowest}`;
}

/** Below it two decimals hide too much: the page shows three everywhere. */
const CLOSE_TO_ZERO = 0.0095;

/** Two decimals, more only when the threshold has them. */
function formatThreshold(threshold: Probability): string {
  const short = threshold.toFixed(2);
  return Number(short) === threshold ? short : String(threshold);
}

/** As many decimals as it takes to read as below the threshold: 0.2496 must not be shown as 0.25. */
function formatBelow(reward: Probability, threshold: Probability): string {
  for (let digits = reward > 0 && reward < CLOSE_TO_ZERO ? 3 : 2; digits <= 6; digits += 1) {
    const text = reward.toFixed(digits);
    if (Number(text) < threshold) {
      return text;
    }
  }
  return String(reward);
}
