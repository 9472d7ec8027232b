/** Runs of neighbouring steps that say much the same, which a reader may want to see as one line. */
import type { Step } from "./trace.ts";
import type { StepIndex } from "./units.ts";

/** Half-open. */
export interface SimilarRun {
  readonly from: StepIndex;
  readonly to: StepIndex;
}

/** What is compared of a step. */
export interface Comparable {
  readonly step: Step;
  /** Equal for steps of which the same is known: the level of the reward and the tag. */
  readonly kind: string;
  /** Never equal across the threshold: a fold must not hide a bad step among good ones. */
  readonly side: "bad" | "good" | "not scored";
  /** Stands by itself, whatever is beside it. */
  readonly isAlone: boolean;
}

/** Shorter runs take no more room than the line that would stand for them. */
export const LEAST_FOLDED = 4;

/**
 * The longest runs of steps in one lane and on one side of the threshold that are all of one kind, or whose texts are
 * all the same but for their numbers. In order; linear in the length of the texts.
 */
export function similarRuns(steps: readonly Comparable[]): readonly SimilarRun[] {
  const runs: SimilarRun[] = [];
  let from = 0;
  let isOfOneKind = true;
  let isOneText = true;
  const end = (to: StepIndex) => {
    if (to - from >= LEAST_FOLDED) {
      runs.push({ from, to });
    }
    from = to;
    isOfOneKind = true;
    isOneText = true;
  };
  for (const [index, now] of steps.entries()) {
    const first = steps[from];
    if (index > from && first !== undefined) {
      const isBeside =
        !now.isAlone && !first.isAlone && now.step.lane === first.step.lane && now.side === first.side;
      const isKind: boolean = isOfOneKind && now.kind === first.kind;
      const isText: boolean = isOneText && skeletonOf(now.step) === skeletonOf(first.step);
      if (isBeside && (isKind || isText)) {
        isOfOneKind = isKind;
        isOneText = isText;
      } else {
        end(index);
      }
    }
  }
  end(steps.length);
  return runs;
}

const skeletons = new WeakMap<Step, string>();

/** A text without what differs in a count or a list of sums: its numbers, its white space, its case. */
function skeletonOf(step: Step): string {
  const known = skeletons.get(step);
  if (known !== undefined) {
    return known;
  }
  const skeleton = step.text.toLowerCase().replace(/\d+/g, "0").replace(/\s+/g, " ");
  skeletons.set(step, skeleton);
  return skeleton;
}
