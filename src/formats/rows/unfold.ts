/** The rows inside of one JSON value: a row itself, a list of rows, or a document that wraps some. */
import { isMessage } from "../chat-message.ts";
import { type Fields, fieldOf, isFields } from "../format.ts";
import { samplesOfLog } from "../inspect.ts";

/** Something that should be a row. */
export interface Candidate {
  readonly value: unknown;
  readonly generator?: string | undefined;
}

/** Fields under which exports wrap their rows; `rows` is what https://huggingface.co/docs/dataset-viewer/rows answers. */
const WRAPPERS = ["rows", "data", "records", "examples", "samples", "results"];

/** @param isRow Whether an object is a row of a known format, whatever lists it holds. */
export function unfold(value: unknown, isRow: (fields: Fields) => boolean): readonly Candidate[] {
  if (Array.isArray(value)) {
    // The messages of one conversation are one row.
    return value.length > 0 && value.every(isMessage)
      ? [{ value: { messages: value } }]
      : value.map((entry: unknown) => ({ value: entry }));
  }
  if (!isFields(value)) {
    return [{ value }];
  }
  const log = samplesOfLog(value);
  if (log !== undefined) {
    return log.samples.map((sample) => ({ value: sample, generator: log.model }));
  }
  const wrapped: unknown = isRow(value)
    ? undefined
    : WRAPPERS.map((name) => value[name]).find((list) => Array.isArray(list) && list.some(isFields));
  return Array.isArray(wrapped) && wrapped.length > 0
    ? wrapped.map((entry: unknown) => ({ value: fieldOf(entry, "row") ?? entry }))
    : [{ value }];
}
