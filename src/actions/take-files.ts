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

let current: AbortController | undefined;
/** What the collection was read from, to read it again as something else. */
let lastFiles: readonly File[] = [];

/** Ends the reading under way; what it found so far stays. */
export function cancelReading(): void {
  current?.abort();
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
    viewStore.setState({ cover: undefined });
  }
  if (countBefore <= 1 && length > 1) {
    viewStore.setState({ cover: "records" });
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
  current?.abort();
  const controller = new AbortController();
  current = controller;
  const before = collectionStore.getState();
  const filesBefore = lastFiles;
  lastFiles = files;
  const bytesTotal = files.reduce((sum, { size }) => sum + size, 0);
  collectionStore.setState((state) => beginReading(state, nameOf(files), bytesTotal), true);
  const buffer = createFrameBuffer<IntakeProgress>((bursts) => {
    const last = bursts.at(-1);
    if (last !== undefined && current === controller) {
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
    if (current === controller) {
      finish(reports, before, filesBefore);
    }
  } catch (thrown) {
    buffer.flush();
    if (current === controller) {
      giveUp(AppError.from(thrown), before, filesBefore);
    }
  }
}

function finish(reports: readonly FileReport[], before: Collection, filesBefore: readonly File[]): void {
  collectionStore.setState((state) => endReading(state, reports), true);
  const { records, name } = collectionStore.getState();
  if (records.length === 0) {
    const [problem] = reports[0]?.problems ?? [];
    const where = problem?.row === undefined ? "" : `row ${problem.row}: `;
    const why = problem === undefined ? "" : `; ${where}${problem.message}`;
    giveUp(new AppError("bad-input", `${name}: no chain could be read${why}`), before, filesBefore);
  }
}

/** Nothing is lost: where nothing was read, what was there before stays. */
function giveUp(error: AppError, before: Collection, filesBefore: readonly File[]): void {
  const isEmpty = collectionStore.getState().records.length === 0;
  if (isEmpty) {
    lastFiles = filesBefore;
  }
  collectionStore.setState(isEmpty ? before : cutReading, true);
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
