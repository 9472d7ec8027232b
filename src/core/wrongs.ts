/**
 * Three different ways in which a chain goes wrong, told from its step rewards against one threshold. Steps without a
 * reward are passed over: they neither begin nor end anything, and while the last one has none nobody can say that the
 * chain does not come back. Linear in the number of steps.
 */
import type { Probability, StepIndex } from "./units.ts";
import type { StepRewards } from "./verdict.ts";

/** The first step whose reward falls away from the level of the steps before it. */
export interface FirstDrop {
  readonly index: StepIndex;
  readonly reward: Probability;
  /** Mean of the rewards before it; absent when it is the first step with a reward. */
  readonly level?: Probability;
}

/** A stretch below the threshold that the chain came back from. */
export interface RecoveredDip {
  readonly from: StepIndex;
  /** Where it is back: the first step of the recovery. */
  readonly back: StepIndex;
}

export interface Wrongs {
  readonly firstDrop: FirstDrop | undefined;
  /** The step from which on the chain does not recover; undefined when it ends well, and for a bad last step. */
  readonly noReturn: StepIndex | undefined;
  /** The rewards behind `noReturn` are back; but they speak of single steps, and no words take it back. */
  readonly isFineAfter?: true | undefined;
  /** In step order, none overlapping another. */
  readonly recovered: readonly RecoveredDip[];
}

/** A drop leaves at most this share of the height the level has above the threshold. */
const LEFT_OF_HEIGHT = 0.25;
/** So many steps in a row reach the threshold before a dip counts as over: one alone is noise. */
const RECOVERY_STEPS = 2;

/** What a step's words do to earlier ones: the latest that it takes back, or only a word of doubt. */
export type Backtrack = StepIndex | "doubt" | undefined;

interface ScoredStep {
  readonly index: StepIndex;
  readonly reward: Probability;
}

/**
 * - First drop: the first change point of the level. With `level` the mean of the rewards before a step, the first
 *   step whose reward is below `threshold + (level - threshold) / 4`; below the threshold itself where the level is
 *   not above it, or where no step came before. It is never later than the first bad step.
 * - Dip: begins at a step below the threshold and ends where the running minimum over two steps is back: at the
 *   first step that reaches the threshold with the next one too (or with no other behind it).
 * - Recovered dip: a dip that ends. Point of no return: the beginning of the one that does not, when steps follow it.
 *
 * @param backtracks For rewards that say of each step alone whether it goes wrong (survival): by step, what its text
 *   takes back. A good step there repairs nothing, so that a dip ends only at or behind a step that takes one of its
 *   steps back. Where rewards are back behind a mere doubt, nobody knows: the dip is neither of the two. Absent: a
 *   reward is about the chain up to its step, and says by itself that it is back.
 */
export function findWrongs(
  rewards: StepRewards,
  threshold: Probability,
  backtracks?: readonly Backtrack[],
): Wrongs {
  const scored: ScoredStep[] = [];
  for (const [index, reward] of rewards.entries()) {
    if (reward !== undefined) {
      scored.push({ index, reward });
    }
  }
  const isOver = rewards.at(-1) !== undefined;
  return { firstDrop: findFirstDrop(scored, threshold), ...findDips(scored, threshold, isOver, backtracks) };
}

function findFirstDrop(scored: readonly ScoredStep[], threshold: Probability): FirstDrop | undefined {
  let sum = 0;
  for (const [count, { index, reward }] of scored.entries()) {
    const level = count === 0 ? undefined : sum / count;
    const height = Math.max(0, (level ?? threshold) - threshold);
    if (reward < threshold + height * LEFT_OF_HEIGHT) {
      return { index, reward, ...(level === undefined ? {} : { level }) };
    }
    sum += reward;
  }
  return undefined;
}

/** A dip that has not ended. */
interface OpenDip {
  readonly from: StepIndex;
  isRepaired: boolean;
  isDoubted: boolean;
  /** The rewards have been back at some time. */
  isBack: boolean;
}

/** Whether its end was doubted only, so that nobody knows. */
function isUnclear({ isBack, isDoubted }: OpenDip): boolean {
  return isBack && isDoubted;
}

function findDips(
  scored: readonly ScoredStep[],
  threshold: Probability,
  isOver: boolean,
  backtracks: readonly Backtrack[] | undefined,
): Omit<Wrongs, "firstDrop"> {
  const recovered: RecoveredDip[] = [];
  let dip: OpenDip | undefined;
  for (const [place, { index, reward }] of scored.entries()) {
    if (dip === undefined || (isUnclear(dip) && reward < threshold)) {
      dip =
        reward < threshold
          ? { from: index, isRepaired: backtracks === undefined, isDoubted: false, isBack: false }
          : undefined;
      continue;
    }
    const backtrack = backtracks?.[index];
    dip.isRepaired ||= typeof backtrack === "number" && backtrack >= dip.from;
    dip.isDoubted ||= backtrack === "doubt";
    const window = scored.slice(place, place + RECOVERY_STEPS);
    const isLongEnough = isOver || window.length === RECOVERY_STEPS;
    if (isLongEnough && window.every((step) => step.reward >= threshold)) {
      dip.isBack = true;
      if (dip.isRepaired) {
        recovered.push({ from: dip.from, back: index });
        dip = undefined;
      }
    }
  }
  if (!isOver || dip === undefined || isUnclear(dip) || dip.from === scored.at(-1)?.index) {
    return { noReturn: undefined, recovered };
  }
  return { noReturn: dip.from, isFineAfter: dip.isBack || undefined, recovered };
}
