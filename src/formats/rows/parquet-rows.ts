/** The rows of a Parquet file: LightEval's details, and any data set of the Hub. https://parquet.apache.org */
import { type AsyncBuffer, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { AppError } from "../../core/errors.ts";
import type { Bytes } from "../../core/units.ts";
import type { ContainerRow } from "./container-row.ts";

/** What the columns may unpack to, as the file declares. */
const MAX_UNPACKED_BYTES: Bytes = 1024 * 2 ** 20;

/** As deep as rows of JSON may be. */
const MAX_DEPTH = 200;

/** Parquet's values as JSON would have them. */
function toJson(value: unknown, depth = 0): unknown {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? null : value.toISOString();
  }
  if (value instanceof Uint8Array) {
    return `${value.length} bytes`;
  }
  if (depth > MAX_DEPTH) {
    throw new AppError("bad-input", `it is nested more than ${MAX_DEPTH} levels deep`);
  }
  if (Array.isArray(value)) {
    return value.map((part) => toJson(part, depth + 1));
  }
  if (ArrayBuffer.isView(value)) {
    return Array.from(value as Float64Array);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, toJson(part, depth + 1)]))
    : value;
}

function damaged(thrown: unknown): AppError {
  // The library's own words are about its parts, and no reader's.
  return new AppError("bad-input", "its Parquet data is damaged or cut off", {}, thrown);
}

async function readMetadata(file: AsyncBuffer) {
  try {
    return await parquetMetadataAsync(file);
  } catch (thrown) {
    throw damaged(thrown);
  }
}

/** @throws AppError `bad-input` for a damaged file, after the rows before the damage, and for one that unpacks to too much */
export async function* readParquetRows(blob: Blob): AsyncGenerator<ContainerRow> {
  const file: AsyncBuffer = {
    byteLength: blob.size,
    slice(start, end = blob.size) {
      const isInside = Number.isSafeInteger(start) && start >= 0 && start <= end && end <= blob.size;
      if (!isInside) {
        throw new RangeError(`bytes ${start} to ${end} of ${blob.size}`);
      }
      return blob.slice(start, end).arrayBuffer();
    },
  };
  const metadata = await readMetadata(file);
  const groups = metadata.row_groups;
  const unpacked = groups.reduce((sum, group) => sum + Number(group.total_byte_size), 0);
  if (unpacked > MAX_UNPACKED_BYTES) {
    throw new AppError("bad-input", `it unpacks to more than ${MAX_UNPACKED_BYTES / 2 ** 20} MB`);
  }
  let rowStart = 0;
  for (const [index, group] of groups.entries()) {
    const rowEnd = rowStart + Number(group.num_rows);
    let rows: readonly Record<string, unknown>[];
    try {
      rows = await parquetReadObjects({ file, metadata, rowStart, rowEnd, compressors });
    } catch (thrown) {
      throw damaged(thrown);
    }
    for (const row of rows) {
      yield { value: toJson(row), bytesDone: (blob.size * (index + 1)) / groups.length };
    }
    rowStart = rowEnd;
  }
}
