/** Puts a record of the collection in the fields, and moves over them. */
import type { ChainRecord } from "../core/chain-record.ts";
import { collectionStore, markShown } from "../state/collection.ts";
import type { RecordFilter } from "../state/record-filter.ts";
import { type Source, workspaceStore } from "../state/workspace.ts";
import { closeCover } from "./cover.ts";
import { cutOfRecord } from "./keep-steps.ts";
import { putText } from "./put-text.ts";
import { clearRun } from "./score.ts";
import { showKeptRun } from "./show-kept.ts";
import { settleDraft } from "./step-draft.ts";

function sourceOfRecord({ problem, chain }: ChainRecord): Source {
  const workspace = workspaceStore.getState();
  const { shown, given } = collectionStore.getState();
  // A problem that was typed stays for a chain that comes without one; an example's, a record's, or that of the chain
  // before in the same collection, does not belong to it.
  const isKept = workspace.example === undefined && shown === undefined && workspace.problem !== given;
  return {
    problem: problem.trim() === "" && isKept ? workspace.problem : problem,
    ...cutOfRecord(chain, workspace.ownCut),
  };
}

/** Puts the record in the fields, behind whatever covers them, and with it what it was scored with before. */
export function putRecord(index: number): void {
  const record = collectionStore.getState().records[index];
  if (record === undefined) {
    return;
  }
  const source = sourceOfRecord(record);
  putText(source);
  collectionStore.setState((state) => markShown(state, index, source), true);
  showKeptRun();
}

/** Opens the record for inspection: the run of another text goes. */
export function showRecord(index: number): void {
  settleDraft();
  clearRun();
  putRecord(index);
  closeCover();
}

/** The record after (1) or before (-1) the one that was shown last; undefined where there is none. */
function nextRecord(direction: 1 | -1): number | undefined {
  const { records, shown } = collectionStore.getState();
  const target = shown === undefined ? 0 : shown + direction;
  return target >= 0 && target < records.length ? target : undefined;
}

export function canMoveRecord(direction: 1 | -1): boolean {
  return collectionStore.getState().records.length > 1 && nextRecord(direction) !== undefined;
}

/** Shows the next (1) or the previous (-1) record, when there is one. */
export function moveRecord(direction: 1 | -1): void {
  const target = nextRecord(direction);
  if (target !== undefined) {
    showRecord(target);
  }
}

/** Chooses what the list shows. */
export function filterList(change: Partial<RecordFilter>): void {
  collectionStore.setState((state) => ({ ...state, filter: { ...state.filter, ...change } }), true);
}
