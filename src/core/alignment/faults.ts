/** Three ways in which a response does not follow from its thinking. */
import type { StepTag } from "../step-tags.ts";
import type { Step } from "../trace.ts";
import type { Probability, StepIndex } from "../units.ts";
import type { StepRewards } from "../verdict.ts";
import type { Alignment } from "./align.ts";
import { readFeatures, readResults } from "./features.ts";

/**
 * `kept-bad`: a response step came from a thought whose reward is below the threshold. `dropped-good`: a thought at or
 * above it computes a result that no response step names. `no-support`: no thought says what a response step says.
 */
export type FaultKind = "kept-bad" | "dropped-good" | "no-support";

export interface Fault {
  readonly kind: FaultKind;
  /** The response step, or the thought that was dropped. */
  readonly index: StepIndex;
  /** The thought that was kept, for `kept-bad`. */
  readonly thought?: StepIndex;
}

interface FaultInput {
  readonly steps: readonly Step[];
  readonly rewards: StepRewards;
  readonly threshold: Probability;
  readonly tags: readonly StepTag[];
}

/** @returns In step order. Thoughts without a reward are neither good nor bad and make no fault. */
export function findFaults(
  alignment: Alignment,
  { steps, rewards, threshold, tags }: FaultInput,
): readonly Fault[] {
  const linked = new Set(alignment.links.map(({ response }) => response));
  const used = new Set(alignment.links.map(({ thought }) => thought));
  const textOf = (index: StepIndex) => steps[index]?.text ?? "";
  const named = new Set(alignment.responses.flatMap((index) => [...readFeatures(textOf(index)).keys()]));
  const kept = alignment.links.flatMap(({ thought, response }): Fault[] => {
    const reward = rewards[thought];
    return reward !== undefined && reward < threshold ? [{ kind: "kept-bad", index: response, thought }] : [];
  });
  const dropped = alignment.thoughts.flatMap((index): Fault[] => {
    const reward = rewards[index];
    const isGood = reward !== undefined && reward >= threshold;
    // What checks or takes back is for the thinking alone, and what is taken back at once is rightly dropped.
    if (!isGood || used.has(index) || tags[index] !== "compute" || tags[index + 1] === "backtrack") {
      return [];
    }
    const results = readResults(textOf(index));
    const isNamed = results.size === 0 || [...results].some((result) => named.has(result));
    return isNamed ? [] : [{ kind: "dropped-good", index }];
  });
  const unsupported = alignment.responses.flatMap((index): Fault[] =>
    linked.has(index) || readFeatures(textOf(index)).size === 0 ? [] : [{ kind: "no-support", index }],
  );
  return [...kept, ...dropped, ...unsupported].sort((a, b) => a.index - b.index);
}
