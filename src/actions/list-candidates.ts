/** What there is to score on the candidates' page, and what of it was scored before. */
import type { ChainRecord } from "../core/chain-record.ts";
import { segmentTrace } from "../core/segment/index.ts";
import { type Candidate, candidatesStore, type Draft, showResults } from "../state/candidates.ts";
import { modelChoiceStore, modelKey } from "../state/model-choice.ts";
import { isOfSameModel, isScoredBy } from "../state/model-identity.ts";
import { NO_RUN, type Run, startRun, stopRun } from "../state/runs.ts";
import { findRun, ratingsOf, shelfStore } from "../state/shelf.ts";
import { type Cut, cutOf, type Source } from "../state/workspace.ts";
import { cutOfRecord } from "./keep-steps.ts";
import { readCandidates } from "./read-candidates.ts";
import { askedModel, keptRun } from "./shelf.ts";

/** The chains on the page: those that were taken, else those of the text; none where that cannot be read. */
export function recordsOf(
  { text }: Draft,
  taken: readonly ChainRecord[] | undefined,
): readonly ChainRecord[] {
  const read = taken === undefined ? readCandidates(text) : undefined;
  return taken ?? (read?.kind === "records" ? read.records : []);
}

/** Those that have steps, not scored by this batch yet, with what is kept of earlier ones. */
export function candidatesOf(records: readonly ChainRecord[], draft: Draft): readonly Candidate[] {
  const key = modelKey(modelChoiceStore.getState());
  const shelf = shelfStore.getState();
  return records.flatMap((record): Candidate[] => {
    const run = openRun(record, draft.problem, cutOf(draft), key);
    return run === undefined ? [] : [{ record, run, earlier: ratingsOf(shelf, run.source) }];
  });
}

/** A run of one step or more that nothing has been said about; undefined for a chain without steps. */
function openRun(record: ChainRecord, problem: string, cut: Cut, key: string): Run | undefined {
  const source: Source = {
    problem: record.problem.trim() === "" ? problem : record.problem,
    ...cutOfRecord(record.chain, cut),
  };
  const { problem: asked, chain: text, steps } = segmentTrace(source);
  const trace = { problem: asked, chain: text, steps };
  return steps.length === 0 ? undefined : stopRun(startRun(NO_RUN, source, trace, key)).current;
}

/** Shows what was scored before of the candidates on the page: by the model that would score now, else by another. */
export function showKeptResults(): void {
  const { draft, taken } = candidatesStore.getState();
  if (shelfStore.getState().places.size === 0) {
    return;
  }
  const all = candidatesOf(recordsOf(draft, taken), draft);
  const kept = all.flatMap(({ run }) => keptRun(run.source) ?? []);
  const asked = askedModel();
  // One model's alone: numbers of several cannot be ranked against each other.
  const shown = kept.find((run) => isScoredBy(run, asked)) ?? kept[0];
  if (shown !== undefined) {
    const results = all.map((candidate) => {
      const found = findRun(shelfStore.getState(), candidate.run.source, shown);
      return found !== undefined && isOfSameModel(found, shown) ? { ...candidate, run: found } : candidate;
    });
    candidatesStore.setState((state) => showResults(state, results), true);
  }
}
