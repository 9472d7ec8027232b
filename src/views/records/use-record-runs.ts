import { useCallback, useMemo } from "react";
import { cutOfRecord } from "../../actions/keep-steps.ts";
import type { ChainRecord } from "../../core/chain-record.ts";
import { differsFromSource } from "../../core/source-verdict.ts";
import type { Probability, StepIndex } from "../../core/units.ts";
import { firstError } from "../../core/verdict.ts";
import { isScoredBy } from "../../state/model-identity.ts";
import type { Run } from "../../state/runs.ts";
import { findRun, problemsOnShelf, useShelf } from "../../state/shelf.ts";
import { useView } from "../../state/view-state.ts";
import type { Cut, Source } from "../../state/workspace.ts";
import { useAsked } from "../use-asked.ts";

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
    : { run, threshold, first, isOfOtherModel: !isScoredBy(run, asked) };
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
