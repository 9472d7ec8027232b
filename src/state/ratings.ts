/** What models have said of a chain: their numbers alone, without how those came about. Small enough to keep many. */
import type { StepScore } from "../core/trace.ts";
import { identityOf } from "./model-identity.ts";
import type { Run } from "./runs.ts";

/** A run is one, too. */
export interface Rating
  extends Pick<Run, "modelKey" | "digest" | "protocol" | "status" | "trajectoryReward"> {
  /** By step index; `undefined` where there is no reward. */
  readonly scores: readonly (Pick<StepScore, "reward"> | undefined)[];
}

export function ratingOf({ modelKey, digest, protocol, status, trajectoryReward, scores }: Run): Rating {
  const rewards = scores.map((score) => score && { reward: score.reward });
  return { modelKey, digest, protocol, status, trajectoryReward, scores: rewards };
}

/** One rating of each model, the newest last. */
export function addRating(ratings: readonly Rating[], added: Rating): readonly Rating[] {
  const identity = identityOf(added);
  return [...ratings.filter((rating) => identityOf(rating) !== identity), added];
}

/** Whether a score of the whole chain can be made of it. */
export function isWhole({ status, scores }: Pick<Rating, "status" | "scores">): boolean {
  return status === "done" && scores.every((score) => score !== undefined);
}
