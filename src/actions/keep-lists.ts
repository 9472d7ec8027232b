/** Keeps the chains of the file and the candidates of a tab. */
import type { ChainRecord } from "../core/chain-record.ts";
import { type Candidates, candidatesStore, NO_CANDIDATES, takeRecords } from "../state/candidates.ts";
import { type Collection, collectionStore, recallCollection, recordOfSource } from "../state/collection.ts";
import { sourceOf, workspaceStore } from "../state/workspace.ts";
import { keepInStep } from "./keep-in-step.ts";
import { type Pieces, readRecords, removeRecords, writeRecords } from "./kept-records.ts";
import { CandidatesShape, CollectionShape, formatKept, parseKept } from "./kept-shapes.ts";
import type { KeptStore } from "./kept-store.ts";

const WRITE_WAIT_MS = 150;

/** What a list was written as, so that a long one is written once. */
interface WrittenList {
  readonly list: readonly ChainRecord[];
  /** Undefined for one that is too long. */
  readonly pieces: Pieces | undefined;
}

/** A single chain that was cleared or changed is on the page no more. */
function isOnPage(state: Collection): boolean {
  const source = sourceOf(workspaceStore.getState());
  return state.records.length > 1 || recordOfSource(state, source) !== undefined;
}

function isEmptyCollection({ name, reading }: Collection): boolean {
  return name === "" && reading === undefined;
}

function isEmptyDraft({ text, gold }: Candidates["draft"]): boolean {
  return text === "" && gold === "";
}

function isUntouched({ taken, all, draft }: Candidates): boolean {
  return taken === undefined && all.length === 0 && isEmptyDraft(draft);
}

/** @param prefix Of the tab's keys. */
export function createListKeeper(store: KeptStore, prefix: string) {
  const [collectionKey, candidatesKey] = [`${prefix}collection`, `${prefix}candidates`];
  const [recordsPrefix, takenPrefix] = [`${prefix}records`, `${prefix}taken`];
  let records: WrittenList | undefined;
  let taken: WrittenList | undefined;
  let collectionBefore: readonly unknown[] = [];
  let candidatesBefore: readonly unknown[] = [];

  const writeCollection = async () => {
    const state = collectionStore.getState();
    const { name, reports, isCut, shown, taken: source, given } = state;
    const now = isOnPage(state) ? [state.records, name, reports, isCut, shown, source, given] : [];
    if (state.reading !== undefined || isSameList(now, collectionBefore)) {
      return;
    }
    if (now.length === 0) {
      await store.remove([collectionKey]);
      await removeRecords(store, recordsPrefix);
      records = undefined;
    } else {
      if (records?.list !== state.records) {
        const pieces = await writeRecords(store, recordsPrefix, state.records);
        records = { list: state.records, pieces };
      }
      const { pieces } = records;
      await (pieces === undefined
        ? store.remove([collectionKey])
        : store.set(
            collectionKey,
            formatKept({ name, pieces, reports, isCut, shown, taken: source, given }),
          ));
    }
    collectionBefore = now;
  };

  const writeCandidates = async () => {
    const { draft, taken: list } = candidatesStore.getState();
    // The chains of the file are written once.
    const isShared = list !== undefined && list === records?.list;
    const now = [draft, list, isShared];
    if (isSameList(now, candidatesBefore)) {
      return;
    }
    if (list !== undefined && !isShared && taken?.list !== list) {
      taken = { list, pieces: await writeRecords(store, takenPrefix, list) };
    } else if (list === undefined || isShared) {
      await removeRecords(store, takenPrefix);
      taken = undefined;
    }
    const pieces = isShared ? records?.pieces : taken?.pieces;
    await (pieces === undefined && isEmptyDraft(draft) && draft.problem === ""
      ? store.remove([candidatesKey])
      : store.set(candidatesKey, formatKept({ draft, taken: pieces })));
    candidatesBefore = now;
  };

  const recallCollectionKept = async () => {
    const kept = parseKept(CollectionShape, await store.get(collectionKey));
    const list = kept && (await readRecords(store, recordsPrefix, kept.pieces));
    if (kept === undefined || list === undefined) {
      return;
    }
    records = { list, pieces: kept.pieces };
    if (isEmptyCollection(collectionStore.getState())) {
      const shown = kept.shown !== undefined && kept.shown < list.length ? kept.shown : undefined;
      const { name, reports, isCut, taken: source, given } = kept;
      collectionStore.setState(
        recallCollection({ name, reports, isCut, shown, taken: source, given, records: list }),
        true,
      );
    }
  };

  const readTaken = async (pieces: Pieces) =>
    pieces.stamp === records?.pieces?.stamp ? records.list : readRecords(store, takenPrefix, pieces);

  const recallCandidates = async () => {
    const kept = parseKept(CandidatesShape, await store.get(candidatesKey));
    const list = kept?.taken && (await readTaken(kept.taken));
    if (kept !== undefined && isUntouched(candidatesStore.getState())) {
      const state = { ...NO_CANDIDATES, draft: kept.draft };
      candidatesStore.setState(list === undefined ? state : takeRecords(state, list), true);
    }
  };

  return {
    /** Puts back what was kept, where the page has nothing in its place by then. */
    recall: async () => {
      await recallCollectionKept();
      await recallCandidates();
    },
    start: () => {
      const keep = keepInStep(async () => {
        await writeCollection();
        await writeCandidates();
      }, WRITE_WAIT_MS);
      for (const changes of [collectionStore, candidatesStore, workspaceStore]) {
        changes.subscribe(keep);
      }
      keep();
    },
  };
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}
