/**
 * What the chains of one problem would be worth to GRPO, if their rewards were blended of a rule's and a process
 * reward model's.
 */

/** A chain of the group. */
export interface GroupMember {
  /** The model's trajectory score, in [0, 1]. */
  readonly score: number;
  /** Whether its answer is right: the rule's reward is then 1, else 0. */
  readonly isCorrect: boolean;
}

export interface GroupReward {
  /** The blended reward, in [0, 1]. */
  readonly reward: number;
  /** How many standard deviations of the group it lies above the group's mean. */
  readonly advantage: number;
}

/** Keeps a group of equal rewards from dividing by nothing; GRPO's own, in verl's `core_algos.py`. */
const EPSILON = 1e-6;

/** The share of the model's reward that ReasonFlux's released training code uses (`fsdp_workers.py`). */
export const DEFAULT_BETA = 0.75;

/**
 * r = (1 − β) · r_rule + β · r_model (ReasonFlux-PRM, arXiv 2506.18896), and its advantage in the group,
 * (r − mean) / (std + 1e-6) with the sample's standard deviation (GRPO, arXiv 2402.03300; verl).
 *
 * @param beta In [0, 1].
 */
export function groupRewards(group: readonly GroupMember[], beta: number): readonly GroupReward[] {
  const rewards = group.map(({ score, isCorrect }) => (1 - beta) * (isCorrect ? 1 : 0) + beta * score);
  const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
  const squares = rewards.reduce((sum, reward) => sum + (reward - mean) ** 2, 0);
  const deviation = rewards.length > 1 ? Math.sqrt(squares / (rewards.length - 1)) : 0;
  return rewards.map((reward) => ({ reward, advantage: (reward - mean) / (deviation + EPSILON) }));
}

/** The place of every value, the highest 1; equal values share the better place. */
export function ranksOf(values: readonly number[]): readonly number[] {
  return values.map((value) => 1 + values.filter((other) => other > value).length);
}

/** What training on a group would go wrong by. */
export type GroupWarning =
  /** All rewards are the same: there is nothing to learn from. */
  | "no-difference"
  /** A wrong chain has the highest reward. */
  | "wrong-first"
  /** Wrong chains that would be made more likely. */
  | "wrong-rewarded"
  /** Right chains that would be made less likely. */
  | "right-punished";

/** A difference smaller than this is none. */
const LEAST_ADVANTAGE = 1e-3;

export function groupWarnings(
  group: readonly GroupMember[],
  rewards: readonly GroupReward[],
): readonly GroupWarning[] {
  const advantages = rewards.map(({ advantage }) => advantage);
  if (advantages.every((advantage) => Math.abs(advantage) < LEAST_ADVANTAGE)) {
    return ["no-difference"];
  }
  const ranks = ranksOf(advantages);
  const has = (isCorrect: boolean, test: (index: number) => boolean) =>
    group.some((member, index) => member.isCorrect === isCorrect && test(index));
  const advantageOf = (index: number) => advantages[index] ?? 0;
  return [
    ...(has(false, (index) => ranks[index] === 1) ? (["wrong-first"] as const) : []),
    ...(has(false, (index) => advantageOf(index) > LEAST_ADVANTAGE) ? (["wrong-rewarded"] as const) : []),
    ...(has(true, (index) => advantageOf(index) < -LEAST_ADVANTAGE) ? (["right-punished"] as const) : []),
  ];
}
