/** What every checkpoint format says of a tensor, and the limits that hold for all of them. */
import type { Bytes } from "../core/units.ts";
import type { ByteSource } from "./byte-source.ts";
import { DTYPE_BYTES, type Dtype } from "./dtype.ts";
import { malformed, quoteName } from "./malformed.ts";

/** The largest published mixtures of experts have some 92,000 tensors in all their shards together. */
export const MAX_TENSORS = 200_000;

/** Names are module paths of some 60 characters. */
const MAX_NAME_LENGTH = 512;

/** Convolutions of video have five dimensions; language models two. */
const MAX_RANK = 8;

/** More than any tensor has elements; the file's size limits the rest. */
const MAX_DIMENSION = 2 ** 32;

/** A tensor of one file. All its bytes are known to lie inside of it. */
export interface StoredTensor {
  readonly dtype: Dtype;
  /** Row-major; empty for a scalar. */
  readonly shape: readonly number[];
  readonly byteLength: Bytes;
  /** Where its first byte lies in the file. Some formats have to look. */
  locate(signal?: AbortSignal): Promise<Bytes>;
}

/** One file of tensors. */
export interface TensorFile {
  readonly source: ByteSource;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/** @throws AppError `malformed-file` when `name` is no tensor's name. */
export function checkTensorName(file: string, name: string): void {
  if (name === "" || name.length > MAX_NAME_LENGTH) {
    throw malformed(
      file,
      `a tensor's name has ${name.length} characters, not 1 to ${MAX_NAME_LENGTH}: ${quoteName(name)}`,
    );
  }
}

/**
 * Bytes that a tensor of this shape takes.
 * @throws AppError `malformed-file`, naming file and tensor, for a shape no file can hold.
 */
export function sizeOfTensor(file: string, name: string, dtype: Dtype, shape: readonly number[]): Bytes {
  const where = `tensor ${quoteName(name)}`;
  if (shape.length > MAX_RANK) {
    throw malformed(file, `${where} has ${shape.length} dimensions, more than ${MAX_RANK}`);
  }
  let size: Bytes = DTYPE_BYTES[dtype];
  for (const dimension of shape) {
    if (!Number.isSafeInteger(dimension) || dimension < 0 || dimension > MAX_DIMENSION) {
      throw malformed(file, `${where} has a dimension of ${dimension}, not 0 to ${MAX_DIMENSION}`);
    }
    size *= dimension;
    if (!Number.isSafeInteger(size)) {
      throw malformed(file, `${where} of shape [${shape.join(", ")}] is larger than any file`);
    }
  }
  return size;
}
