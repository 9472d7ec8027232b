/** What follows from how a protocol is read, for those who show its numbers. */
import type { Protocol } from "./protocol.ts";

/**
 * Whether a step's reward is the chance that nothing goes wrong in that step: then the product over steps is
 * the chance that nothing has gone wrong yet, and the model says after every step how it may end.
 */
export function rewardsSurvival({ readout }: Pick<Protocol, "readout">): boolean {
  return readout.kind === "token-hazard";
}

/** Whether there is a reward for the whole trajectory besides those of its steps. */
export function rewardsTrajectory({
  readout,
  readsPrefixes,
}: Pick<Protocol, "readout" | "readsPrefixes">): boolean {
  // The score of the longest prefix is the score of the whole.
  return readout.kind === "token-hazard" || readsPrefixes === true;
}
