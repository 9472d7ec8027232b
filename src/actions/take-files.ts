/** Files that arrive by drop or by the file dialog: read off this thread, shown as they come. */
import { AppError, toWire } from "../core/errors.ts";
import type { FileReport, IntakeProgress } from "../core/intake.ts";
import { FORMATS } from "../formats/index.ts";
import { text as plainText } from "../formats/text.ts";
import {
  addRecords,
  beginReading,
  type Collection,
  collectionStore,
  cutReading,
  endReading,
  refuseReading,
} from "../state/collection.ts";
import { viewStore } from "../state/view-state.ts";
import { takeOnPage } from "./candidates.ts";
import type { ActionContext } from "./context.ts";
import { closeCover, openCover } from "./cover.ts";
import { leaveShownExample } from "./edit-text.ts";
import { createFrameBuffer } from "./frame-buffer.ts";
import { track } from "./in-flight.ts";
import { putRecord } from "./show-record.ts";

/** The formats to choose from, in the order of telling. */
export const FORMAT_OPTIONS: readonly { readonly id: string; readonly label: string }[] = [
  ...FORMATS.map(({ id, label }) => ({ id, label })),
  plainText,
];

/** How often the page takes what has come: a long list costs something to be made longer. */
const REFRESH_MS = 200;

/** What there was when a reading began: what stays when nothing comes of it. */
interface Before {
  readonly collection: Collection;
  readonly files: readonly File[];
}

let current: { readonly controller: AbortController; readonly before: Before } | undefined;
/** What the collection was read from, to read it again as something else. */
let lastFiles: readonly File[] = [];

/** Ends the reading under way; what it found so far stays. */
export function cancelReading(): void {
  current?.controller.abort();
}

/** What is left of the reading under way when another takes its place: what it found, else what it began with. */
function leaveReading(): Before {
  cancelReading();
  const collection = collectionStore.getState();
  if (collection.reading === undefined) {
    return { collection, files: lastFiles };
  }
  return collection.records.length === 0 && current !== undefined
    ? current.before
    : { collection: cutReading(collection), files: lastFiles };
}

function nameOf(files: readonly File[]): string {
  const [first, ...others] = files;
  return others.length === 0 && first !== undefined ? first.name : `${files.length} files`;
}

/**
 * Shows what has come: the first chain in the fields, and over them the list, as soon as there are several.
 * @param countBefore How many records there were before.
 */
export function present(countBefore: number): void {
  const { records } = collectionStore.getState();
  const { length } = records;
  if (viewStore.getState().cover === "candidates") {
    takeOnPage(records);
    return;
  }
  if (countBefore === 0 && length > 0) {
    putRecord(0);
    leaveShownExample();
    closeCover();
  }
  if (countBefore <= 1 && length > 1) {
    openCover("records");
  }
}

export function takeFiles(ctx: ActionContext, files: readonly File[], format?: string): Promise<void> {
  return track(read(ctx, files, format));
}

/** Reads the same files again, in the format that the person chose. */
export function readAs(ctx: ActionContext, format: string): Promise<void> {
  return takeFiles(ctx, lastFiles, format);
}

/** Keeps what a collection was read from. */
export function keepFiles(files: readonly File[]): void {
  cancelReading();
  // What was being read must not write into what is kept now.
  current = undefined;
  lastFiles = files;
}

async function read(ctx: ActionContext, files: readonly File[], format: string | undefined): Promise<void> {
  const before = leaveReading();
  const controller = new AbortController();
  const isCurrent = () => current?.controller === controller;
  current = { controller, before };
  lastFiles = files;
  const bytesTotal = files.reduce((sum, { size }) => sum + size, 0);
  collectionStore.setState((state) => beginReading(state, nameOf(files), bytesTotal), true);
  const buffer = createFrameBuffer<IntakeProgress>((bursts) => {
    const last = bursts.at(-1);
    if (last !== undefined && isCurrent()) {
      const records = bursts.flatMap((burst) => burst.records);
      const { length } = collectionStore.getState().records;
      collectionStore.setState((state) => addRecords(state, records, last), true);
      present(length);
    }
  }, REFRESH_MS);
  const request = { files, ...(format === undefined ? {} : { format }) };
  try {
    const reports = await ctx.intake.read(request, { signal: controller.signal, emit: buffer.push });
    buffer.flush();
    if (isCurrent()) {
      finish(reports, before);
    }
  } catch (thrown) {
    buffer.flush();
    if (isCurrent()) {
      giveUp(AppError.from(thrown), before);
    }
  }
}

function finish(reports: readonly FileReport[], before: Before): void {
  collectionStore.setState((state) => endReading(state, reports), true);
  const { records, name } = collectionStore.getState();
  if (records.length === 0) {
    const [problem] = reports[0]?.problems ?? [];
    const where = problem?.row === undefined ? "" : `row ${problem.row}: `;
    const why = problem === undefined ? "" : `; ${where}${problem.message}`;
    giveUp(new AppError("bad-input", `${name}: no chain could be read${why}`), before);
  }
}

/** Nothing is lost: where nothing was read, what was there before stays. */
function giveUp(error: AppError, before: Before): void {
  const isEmpty = collectionStore.getState().records.length === 0;
  if (isEmpty) {
    lastFiles = before.files;
  }
  collectionStore.setState(isEmpty ? before.collection : cutReading, true);
  if (error.code !== "cancelled") {
    refuse(error);
  }
}

export function refuse(error: AppError): void {
  collectionStore.setState((state) => refuseReading(state, toWire(error)), true);
}

/** The reader has seen why. */
export function forgetRefusal(): void {
  collectionStore.setState({ refusal: undefined });
}
