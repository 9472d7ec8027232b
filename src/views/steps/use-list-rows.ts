import { useMemo } from "react";
import { similarRuns } from "../../core/similar-steps.ts";
import type { StepIndex } from "../../core/units.ts";
import { type ListRow, listRows, useFolds } from "../../state/folds.ts";
import type { Inspection } from "../../state/inspection.ts";
import type { Reading } from "../../state/reading.ts";
import type { Run } from "../../state/runs.ts";
import { divergingBin } from "../../ui/diverging-scale.ts";

/** A shorter chain is read step by step. */
const LEAST_STEPS = 30;

interface ListRows {
  readonly rows: readonly ListRow[];
  /** Whether there is anything that could be folded. */
  readonly canFold: boolean;
}

const NO_RUNS: ReturnType<typeof similarRuns> = [];

/**
 * The rows of the list: steps, and runs of similar ones as a line each where the reader wants them so.
 *
 * @param isInOrder Only neighbours in the chain are folded.
 */
export function useListRows(
  run: Run,
  inspection: Inspection,
  reading: Reading,
  order: readonly StepIndex[],
  isInOrder: boolean,
): ListRows {
  const foldsSimilar = useFolds((state) => state.foldsSimilar);
  const unfolded = useFolds((state) => state.unfolded);
  const { steps } = run.trace;
  const runs = useMemo(() => {
    if (steps.length < LEAST_STEPS || !isInOrder) {
      return NO_RUNS;
    }
    const { rewards, threshold, firstError } = inspection;
    const disputed = new Set(reading.disagreements.map(({ index }) => index));
    return similarRuns(
      steps.map((step) => {
        const reward = rewards[step.index];
        const level = reward === undefined ? "" : divergingBin(reward, threshold);
        return {
          step,
          kind: `${level} ${reading.tags[step.index]}`,
          side: reward === undefined ? "not scored" : reward < threshold ? "bad" : "good",
          // What one looks for in a chain is not folded away.
          isAlone: step.index === firstError || disputed.has(step.index),
        };
      }),
    );
  }, [steps, isInOrder, inspection, reading]);
  const rows = useMemo(
    () => listRows(order, foldsSimilar ? runs : NO_RUNS, unfolded),
    [order, runs, foldsSimilar, unfolded],
  );
  return { rows, canFold: runs.length > 0 };
}
