import { useCallback, useMemo } from "react";
import { cutOfRecord } from "../../actions/keep-steps.ts";
import type { ChainRecord } from "../../core/chain-record.ts";
import { type Candidate, useCandidates } from "../../state/candidates.ts";
import { isFinished, type Run } from "../../state/runs.ts";
import { type Asked, findRun, isBy, problemsOnShelf, useShelf } from "../../state/shelf.ts";
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

export type RunOf = (record: ChainRecord) => Run | undefined;

const NO_CANDIDATES: readonly Candidate[] = [];

/** Of many candidates not all runs have room on the shelf. */
function runsOfCandidates(candidates: readonly Candidate[], asked: Asked): ReadonlyMap<ChainRecord, Run> {
  return new Map(
    candidates
      .filter(({ run }) => isFinished(run) && isBy(run, asked))
      .map(({ record, run }) => [record, run]),
  );
}

/** The finished run of a record as the list would open it: by the model asked for or else by another. */
export function useRunOf(records: readonly ChainRecord[], cut: Cut): RunOf {
  const asked = useAsked();
  const shelf = useShelf((state) => state);
  const candidates = useCandidates(({ taken, all }) => (taken === records ? all : NO_CANDIDATES));
  const scored = useMemo(() => runsOfCandidates(candidates, asked), [candidates, asked]);
  const problems = useMemo(() => problemsOnShelf(shelf), [shelf]);
  return useCallback(
    (record) =>
      scored.get(record) ??
      // Others need not be cut.
      (problems.has(record.problem) ? findRun(shelf, sourceOf(record, cut), asked) : undefined),
    [scored, problems, shelf, cut, asked],
  );
}
