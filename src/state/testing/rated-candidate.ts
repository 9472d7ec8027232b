import type { Candidate } from "../candidates.ts";
import type { Rating } from "../ratings.ts";
import type { Run } from "../runs.ts";
import { finishedRun, sourceWith } from "./finished-run.ts";

/** A whole rating by a model. */
export function ratingBy(
  modelKey: string,
  protocol: string,
  rewards: readonly (number | undefined)[],
): Rating {
  const scores = rewards.map((reward) => (reward === undefined ? undefined : { reward }));
  return { modelKey, digest: undefined, protocol, status: "done", trajectoryReward: undefined, scores };
}

/** A candidate of as many steps as there are rewards, scored to its end; undefined where a step has none. */
export function ratedCandidate(
  modelKey: string,
  rewards: readonly (number | undefined)[],
  earlier: readonly Rating[] = [],
  change: Partial<Run> = {},
): Candidate {
  const chain = rewards.map((_, index) => `step ${index}`).join("\n\n");
  const finished = finishedRun(sourceWith(chain), modelKey);
  const scores = finished.scores.map((score, index) => {
    const reward = rewards[index];
    return score && reward !== undefined ? { ...score, reward } : undefined;
  });
  const run = { ...finished, trajectoryReward: undefined, scores, ...change };
  return { record: { id: "1", problem: "p", chain, rest: {} }, run, earlier };
}
