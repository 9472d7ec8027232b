import { useCallback, useMemo } from "react";
import { cutOfRecord } from "../../actions/keep-steps.ts";
import type { ChainRecord } from "../../core/chain-record.ts";
import { differsFromSource } from "../../core/source-verdict.ts";
import type { Probability, StepIndex } from "../../core/units.ts";
import { firstError } from "../../core/verdict.ts";
import { useEngine } from "../../state/engine-status.ts";
import { modelKey, useModelChoice } from "../../state/model-choice.ts";
import { type Run, variantOf } from "../../state/runs.ts";
import { type Asked, findRun, problemsOnShelf, useShelf } from "../../state/shelf.ts";
import { useView } from "../../state/view-state.ts";
import type { Cut, Source } from "../../state/workspace.ts";

interface CutRecord {
  readonly cut: Cut;
  readonly source: Source;
}

/** Where its steps end is found once for each: a list asks for the same records again and again. */
const cutRecords = new WeakMap<ChainRecord, CutRecord>();

function sourceOf(record: ChainRecord, cut: Cut): Source {
  const known = cutRecords.get(record);
  if (known?.cut === cut) {
    return known.source;
  }
  const source = { problem: record.problem, ...cutOfRecord(record.chain, cut) };
  cutRecords.set(record, { cut, source });
  return source;
}

function useAsked(): Asked {
  const key = useModelChoice(modelKey);
  const variant = useEngine((engine) => (engine.kind === "ready" ? variantOf(engine.model) : undefined));
  return useMemo(() => ({ modelKey: key, variant }), [key, variant]);
}

/** What a run says: -1 for no bad step; undefined without a threshold. */
function firstBad(run: Run, chosen: Probability | undefined): StepIndex | undefined {
  const threshold = chosen ?? run.threshold;
  return threshold === undefined
    ? undefined
    : firstError(
        run.scores.map((score) => score?.reward),
        threshold,
      );
}

export interface ModelVerdict {
  readonly run: Run;
  readonly threshold: Probability;
  /** -1 for none. */
  readonly first: StepIndex;
  readonly isOfOtherModel: boolean;
}

/** What a model has said of a record, as the list would open it. */
export function useModelVerdict(record: ChainRecord, cut: Cut): ModelVerdict | undefined {
  const asked = useAsked();
  const run = useShelf((shelf) =>
    shelf.places.size === 0 ? undefined : findRun(shelf, sourceOf(record, cut), asked),
  );
  const chosen = useView((state) => state.threshold);
  const threshold = chosen ?? run?.threshold;
  const first = run && firstBad(run, chosen);
  return run === undefined || threshold === undefined || first === undefined
    ? undefined
    : { run, threshold, first, isOfOtherModel: run.modelKey !== asked.modelKey };
}

/** Whether a model has scored any of the records. */
export function useHasScores(records: readonly ChainRecord[], cut: Cut): boolean {
  const asked = useAsked();
  const shelf = useShelf((state) => state);
  return useMemo(() => {
    const problems = problemsOnShelf(shelf);
    return records.some(
      (record) => problems.has(record.problem) && findRun(shelf, sourceOf(record, cut), asked) !== undefined,
    );
  }, [records, shelf, cut, asked]);
}

/** Tells the records of which a model says another thing than their source. */
export function useIsDisputed(cut: Cut): (record: ChainRecord) => boolean {
  const asked = useAsked();
  const shelf = useShelf((state) => state);
  const chosen = useView((state) => state.threshold);
  const problems = useMemo(() => problemsOnShelf(shelf), [shelf]);
  return useCallback(
    (record) => {
      // Others need not be cut.
      const run = problems.has(record.problem) ? findRun(shelf, sourceOf(record, cut), asked) : undefined;
      const first = run && firstBad(run, chosen);
      return first !== undefined && differsFromSource(record, first);
    },
    [problems, shelf, cut, asked, chosen],
  );
}
