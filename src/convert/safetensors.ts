/**
 * Reads the header of a safetensors file: https://github.com/huggingface/safetensors#format
 * Eight bytes of length, that much JSON, then the tensors' bytes without a gap. Nothing is allocated by a
 * number of the file before that number is measured against the file's size.
 */
import * as v from "valibot";
import { AppError } from "../core/errors.ts";
import type { Bytes } from "../core/units.ts";
import type { ByteSource } from "./byte-source.ts";
import { type Dtype, isDtype } from "./dtype.ts";
import { type JsonObject, parseJsonObject } from "./json-text.ts";
import { malformed, quoteName } from "./malformed.ts";
import {
  checkTensorName,
  MAX_TENSORS,
  type StoredTensor,
  sizeOfTensor,
  type TensorFile,
} from "./tensor-layout.ts";

const LENGTH_BYTES: Bytes = 8;

/** A tensor takes some 120 bytes of header; the reference stops at 100 MB, which no file comes near. */
const MAX_HEADER_BYTES: Bytes = 16 * 1024 * 1024;

/** Formats of the specification that hold quantized weights, which this converter does not start from. */
const UNREAD_DTYPE = /^F(?:8_E4M3|8_E5M2|8_E8M0|6_E2M3|6_E3M2|4)$/;

const Offset = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const TensorSchema = v.object({
  dtype: v.string(),
  // Limits on rank and dimensions are those of all formats: sizeOfTensor.
  shape: v.array(v.number()),
  data_offsets: v.tuple([Offset, Offset]),
});

interface Range {
  readonly name: string;
  readonly begin: Bytes;
  readonly end: Bytes;
}

async function readHeader(
  source: ByteSource,
  signal?: AbortSignal,
): Promise<[json: JsonObject, dataStart: Bytes]> {
  const { name: file, size } = source;
  if (size < LENGTH_BYTES) {
    throw malformed(file, `has ${size} bytes, too few for a safetensors file`);
  }
  const prefix = await source.read(0, LENGTH_BYTES, signal);
  const declared = new DataView(prefix.buffer, prefix.byteOffset).getBigUint64(0, true);
  if (declared > BigInt(size - LENGTH_BYTES)) {
    throw malformed(file, `declares a header of ${declared} bytes, but the file has ${size}`);
  }
  const length = Number(declared);
  if (length > MAX_HEADER_BYTES) {
    throw malformed(file, `declares a header of ${length} bytes, more than ${MAX_HEADER_BYTES}`);
  }
  const dataStart = LENGTH_BYTES + length;
  return [parseJsonObject(await source.read(LENGTH_BYTES, dataStart, signal), file, "the header"), dataStart];
}

function parseDtype(file: string, name: string, dtype: string): Dtype {
  if (isDtype(dtype)) {
    return dtype;
  }
  const fact = `tensor ${quoteName(name)} is stored as ${quoteName(dtype)}, which is not read`;
  if (UNREAD_DTYPE.test(dtype)) {
    throw new AppError("unsupported-model", `${file}: ${fact}`, { file });
  }
  throw malformed(file, fact);
}

/** The specification wants every byte of the data to belong to exactly one tensor. */
function checkCoverage(file: string, ranges: readonly Range[], dataSize: Bytes): void {
  let end: Bytes = 0;
  let before = "";
  for (const range of [...ranges].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (range.begin < end) {
      throw malformed(file, `tensors ${quoteName(before)} and ${quoteName(range.name)} overlap`);
    }
    if (range.begin > end) {
      throw malformed(
        file,
        `${range.begin - end} bytes before tensor ${quoteName(range.name)} belong to no tensor`,
      );
    }
    end = range.end;
    before = range.name;
  }
  if (end < dataSize) {
    throw malformed(file, `the last ${dataSize - end} bytes belong to no tensor`);
  }
}

/**
 * Reads the names, formats, shapes and places of a file's tensors; `__metadata__` is left out.
 * @throws AppError `malformed-file`, naming file and tensor; `unsupported-model` for weights stored in
 * 8 bits or fewer.
 */
export async function readSafetensors(source: ByteSource, signal?: AbortSignal): Promise<TensorFile> {
  const file = source.name;
  const [json, dataStart] = await readHeader(source, signal);
  const rows = Object.entries(json).filter(([name]) => name !== "__metadata__");
  if (rows.length > MAX_TENSORS) {
    throw malformed(file, `has ${rows.length} tensors, more than ${MAX_TENSORS}`);
  }
  const dataSize = source.size - dataStart;
  const tensors = new Map<string, StoredTensor>();
  const ranges: Range[] = [];
  for (const [name, row] of rows) {
    checkTensorName(file, name);
    const parsed = v.safeParse(TensorSchema, row);
    if (!parsed.success) {
      const [issue] = parsed.issues;
      throw malformed(
        file,
        `tensor ${quoteName(name)} is wrong at ${v.getDotPath(issue) ?? "its top"}: ${quoteName(issue.message)}`,
      );
    }
    const { shape, data_offsets } = parsed.output;
    const [begin, end] = data_offsets;
    const dtype = parseDtype(file, name, parsed.output.dtype);
    const byteLength = sizeOfTensor(file, name, dtype, shape);
    if (begin > end || end > dataSize) {
      throw malformed(
        file,
        `tensor ${quoteName(name)} lies at bytes ${begin} to ${end} of ${dataSize} bytes of data`,
      );
    }
    if (end - begin !== byteLength) {
      throw malformed(
        file,
        `tensor ${quoteName(name)} of ${dtype} [${shape.join(", ")}] needs ${byteLength} bytes, has ${end - begin}`,
      );
    }
    ranges.push({ name, begin, end });
    tensors.set(name, { dtype, shape, byteLength, locate: async () => dataStart + begin });
  }
  checkCoverage(file, ranges, dataSize);
  return { source, tensors };
}
