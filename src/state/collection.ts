/** The records that were read last, and which of them is in the fields. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { type ChainRecord, isLabelled } from "../core/chain-record.ts";
import type { WireError } from "../core/errors.ts";
import type { FileReport } from "../core/intake.ts";
import type { Bytes } from "../core/units.ts";
import { NO_FILTER, type RecordFilter } from "./record-filter.ts";
import { isSameSource, type Source } from "./workspace.ts";

export interface Reading {
  readonly bytesDone: Bytes;
  readonly bytesTotal: Bytes;
}

export interface Collection {
  /** What was read: a file's name, "2 files", "Pasted text". Empty when nothing was. */
  readonly name: string;
  readonly records: readonly ChainRecord[];
  /** How many of them say something about their steps. */
  readonly labelledCount: number;
  /** One a file; empty until all is read. */
  readonly reports: readonly FileReport[];
  /** Set while files are being read. */
  readonly reading: Reading | undefined;
  /** True when the reading was cancelled: there may be more than is here. */
  readonly isCut: boolean;
  /** Index of the record that was put in the fields last. */
  readonly shown: number | undefined;
  /** The text that it became; stays when other files are read. */
  readonly taken: Source | undefined;
  /** The problem of the last record that had one; stays as well. */
  readonly given: string | undefined;
  /** Which records the list shows. */
  readonly filter: RecordFilter;
  /** Why the last reading gave nothing, or not all. */
  readonly refusal: WireError | undefined;
  /** Put back after a reload: the files themselves are not at hand to be read again. */
  readonly isRecalled: boolean;
}

const NO_COLLECTION: Collection = {
  name: "",
  records: [],
  labelledCount: 0,
  reports: [],
  reading: undefined,
  isCut: false,
  shown: undefined,
  taken: undefined,
  given: undefined,
  filter: NO_FILTER,
  refusal: undefined,
  isRecalled: false,
};

/** What of a collection outlives a reload. */
export type KeptCollection = Pick<
  Collection,
  "name" | "records" | "reports" | "isCut" | "shown" | "taken" | "given"
>;

/** A collection of before a reload. */
export function recallCollection(kept: KeptCollection): Collection {
  const labelledCount = kept.records.filter(isLabelled).length;
  return { ...NO_COLLECTION, ...kept, labelledCount, isRecalled: true };
}

export function beginReading({ taken, given }: Collection, name: string, bytesTotal: Bytes): Collection {
  return { ...NO_COLLECTION, name, reading: { bytesDone: 0, bytesTotal }, taken, given };
}

function append(state: Collection, records: readonly ChainRecord[]): Collection {
  return {
    ...state,
    records: [...state.records, ...records],
    labelledCount: state.labelledCount + records.filter(isLabelled).length,
  };
}

/** A text that was read at once. */
export function readAtOnce(
  { taken, given }: Collection,
  name: string,
  records: readonly ChainRecord[],
  report: FileReport,
): Collection {
  return append({ ...NO_COLLECTION, name, reports: [report], taken, given }, records);
}

export function addRecords(state: Collection, records: readonly ChainRecord[], reading: Reading): Collection {
  return records.length === 0 ? { ...state, reading } : { ...append(state, records), reading };
}

export function endReading(state: Collection, reports: readonly FileReport[]): Collection {
  return { ...state, reports, reading: undefined };
}

/** Nothing is read; a text that was taken from what was is still no text of the person's own. */
export function closeCollection({ taken, given }: Collection): Collection {
  return { ...NO_COLLECTION, taken, given };
}

/** Keeps what was read until then. */
export function cutReading(state: Collection): Collection {
  return { ...state, reading: undefined, isCut: true };
}

export function refuseReading(state: Collection, refusal: WireError): Collection {
  return { ...state, refusal };
}

export function markShown(state: Collection, shown: number, taken: Source): Collection {
  const problem = state.records[shown]?.problem ?? "";
  return { ...state, shown, taken, given: problem.trim() === "" ? state.given : problem };
}

/** Whether a text is a record's as it came, not one that a person wrote or changed. */
export function isTaken({ taken }: Collection, source: Source): boolean {
  return taken !== undefined && isSameSource(taken, source);
}

/**
 * The record that a text came from, while its steps are those that it came with; undefined for a text of the
 * person's own. A text that came uncut may be cut by any rule.
 */
export function recordOfSource(
  { records, shown, taken }: Collection,
  source: Source,
): ChainRecord | undefined {
  const record = shown === undefined ? undefined : records[shown];
  const isSame =
    taken !== undefined &&
    (typeof record?.chain === "string"
      ? taken.problem === source.problem && taken.chain === source.chain
      : isSameSource(taken, source));
  return isSame ? record : undefined;
}

const NONE: readonly ChainRecord[] = [];
let lastRecords: readonly ChainRecord[] = NONE;
let lastProblem = "";
let lastSame: readonly ChainRecord[] = NONE;

/**
 * The records of the same problem as the one shown, that one among them, in the collection's order; none when no
 * record is shown or it has no problem. The same list for the same collection and problem, so it may be selected.
 */
export function recordsOfSameProblem({ records, shown }: Collection): readonly ChainRecord[] {
  const problem = shown === undefined ? "" : (records[shown]?.problem ?? "");
  if (problem.trim() === "") {
    return NONE;
  }
  if (records !== lastRecords || problem !== lastProblem) {
    lastRecords = records;
    lastProblem = problem;
    lastSame = records.filter((record) => record.problem === problem);
  }
  return lastSame;
}

export const collectionStore = createStore<Collection>()(() => NO_COLLECTION);

export function useCollection<T>(select: (state: Collection) => T): T {
  return useStore(collectionStore, select);
}
