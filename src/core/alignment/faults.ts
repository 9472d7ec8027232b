/** Three ways in which a response does not follow from its thinking. */
import type { StepTag } from "../step-tags.ts";
import type { Probability, StepIndex } from "../units.ts";
import type { StepRewards } from "../verdict.ts";
import type { Alignment } from "./align.ts";

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
  readonly rewards: StepRewards;
  readonly threshold: Probability;
  readonly tags: readonly StepTag[];
}

/**
 * What the texts say is in the alignment: here it only meets the rewards, so that a threshold can be moved freely.
 * @returns In step order. Thoughts without a reward are neither good nor bad and make no fault.
 */
export function findFaults(
  { links, unnamed, unsupported }: Alignment,
  { rewards, threshold, tags }: FaultInput,
): readonly Fault[] {
  const used = new Set(links.map(({ thought }) => thought));
  const kept = links.flatMap(({ thought, response }): Fault[] => {
    const reward = rewards[thought];
    return reward !== undefined && reward < threshold ? [{ kind: "kept-bad", index: response, thought }] : [];
  });
  const dropped = unnamed.flatMap((index): Fault[] => {
    const reward = rewards[index];
    const isGood = reward !== undefined && reward >= threshold;
    // What checks or takes back is for the thinking alone, and what is taken back at once is rightly dropped.
    const isLeft = used.has(index) || tags[index] !== "compute" || tags[index + 1] === "backtrack";
    return isGood && !isLeft ? [{ kind: "dropped-good", index }] : [];
  });
  const alone = unsupported.map((index): Fault => ({ kind: "no-support", index }));
  return [...kept, ...dropped, ...alone].sort((a, b) => a.index - b.index);
}
