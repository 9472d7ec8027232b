/** What the runs of a list say against a threshold, and against the source. */
import { type ChainRecord, stepLabels } from "../../core/chain-record.ts";
import type { JudgedChain } from "../../core/first-error-accuracy.ts";
import { differsFromSource, sourceFirstError } from "../../core/source-verdict.ts";
import type { Probability, StepIndex } from "../../core/units.ts";
import { firstError } from "../../core/verdict.ts";
import type { Run } from "../../state/runs.ts";
import { type Asked, isBy } from "../../state/shelf.ts";
import type { RunOf } from "./use-record-runs.ts";

/**
 * The first step of a run that is below the threshold, -1 for none; undefined without a threshold.
 * @param chosen Absent: the model's own.
 */
export function firstBad(run: Run, chosen: Probability | undefined): StepIndex | undefined {
  const threshold = chosen ?? run.threshold;
  return threshold === undefined
    ? undefined
    : firstError(
        run.scores.map((score) => score?.reward),
        threshold,
      );
}

/** Whether a model that scored the record says another thing than its source. */
export function isDisputed(
  record: ChainRecord,
  run: Run | undefined,
  chosen: Probability | undefined,
): boolean {
  const first = run && firstBad(run, chosen);
  return first !== undefined && differsFromSource(record, first);
}

export interface JudgedList {
  /** Those that the model asked for has scored to the end. */
  readonly chains: readonly JudgedChain[];
  /** How many chains have a first error, or none, by their source. */
  readonly labelledCount: number;
  /** The model's own. */
  readonly threshold: Probability | undefined;
}

/** The labelled chains of a list; one that came uncut has other steps than its source speaks of, and is none. */
export function judgedList(records: readonly ChainRecord[], runOf: RunOf, asked: Asked): JudgedList {
  const chains: JudgedChain[] = [];
  let labelledCount = 0;
  let threshold: Probability | undefined;
  for (const record of records) {
    const said = sourceFirstError(record);
    if (said === undefined || stepLabels(record).length === 0) {
      continue;
    }
    labelledCount += 1;
    const run = runOf(record);
    const rewards = run?.scores.map((score) => score?.reward) ?? [];
    if (run !== undefined && isBy(run, asked) && !rewards.includes(undefined)) {
      chains.push({ said, rewards });
      threshold = run.threshold;
    }
  }
  return { chains, labelledCount, threshold };
}
