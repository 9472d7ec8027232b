/**
 * A checkpoint as one list of named tensors, whatever files they come in. Opening reads only what describes
 * the tensors; their bytes are read when asked for, and no more of them than the rows that were asked for.
 */

import { assertDefined } from "../core/assert.ts";
import { AppError } from "../core/errors.ts";
import type { Bytes } from "../core/units.ts";
import type { ByteSource, CheckpointFiles } from "./byte-source.ts";
import { findHeadFiles, findMainFile, MAIN_FILES, type TensorFormat } from "./checkpoint-files.ts";
import { type Dtype, decodeFloats, type FloatDtype, isFloatDtype } from "./dtype.ts";
import { malformed, quoteName } from "./malformed.ts";
import { readSafetensors } from "./safetensors.ts";
import { readShards } from "./shard-index.ts";
import type { StoredTensor, TensorFile } from "./tensor-layout.ts";
import { readTorchArchive } from "./torch-archive.ts";

type ReadFile = (source: ByteSource, signal?: AbortSignal) => Promise<TensorFile>;

const READERS = {
  safetensors: readSafetensors,
  torch: readTorchArchive,
} as const satisfies Record<TensorFormat, ReadFile>;

/** What git leaves of a large file when Git LFS did not fetch it. */
const LFS_POINTER_START = "version https://git-lfs.github.com/spec/";
const MAX_LFS_POINTER_BYTES: Bytes = 1024;

/** What is known of a tensor without reading it. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: Dtype;
  /** Row-major; empty for a scalar. */
  readonly shape: readonly number[];
  /** The file it is in. */
  readonly file: string;
  readonly byteLength: Bytes;
}

export interface Checkpoint {
  /** By name, in the order of the files. */
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  /**
   * Reads rows of a tensor (its first dimension; a scalar is one row) as float32, row-major: all rows from
   * `firstRow` when `rowCount` is left out. Rows the tensor does not have are a bug and throw plainly.
   * @throws AppError `malformed-file` when there is no such tensor, when it does not hold floating-point
   * numbers, or when its file ends early; `cancelled`.
   */
  readFloat32(
    name: string,
    firstRow?: number,
    rowCount?: number,
    signal?: AbortSignal,
  ): Promise<Float32Array>;
  /** The same rows as they are stored. They may be a view of memory that others hold: read only. */
  readStored(name: string, firstRow?: number, rowCount?: number, signal?: AbortSignal): Promise<StoredRows>;
}

export interface StoredRows {
  readonly dtype: FloatDtype;
  readonly bytes: Uint8Array;
}

async function openFile(files: CheckpointFiles, path: string, signal?: AbortSignal): Promise<ByteSource> {
  const source = await files.open(path);
  if (source === undefined) {
    throw new AppError("malformed-file", `${path} is listed, but missing`, { file: path });
  }
  if (source.size <= MAX_LFS_POINTER_BYTES) {
    const text = new TextDecoder().decode(await source.read(0, source.size, signal));
    if (text.startsWith(LFS_POINTER_START)) {
      throw malformed(path, "is a Git LFS pointer, not the file it stands for");
    }
  }
  return source;
}

/** `files`, with the checks of `openFile` on what is there. */
function checkedFiles(files: CheckpointFiles, listed: ReadonlySet<string>): CheckpointFiles {
  return {
    list: () => files.list(),
    open: async (path) => (listed.has(path) ? openFile(files, path) : undefined),
  };
}

async function readMain(files: CheckpointFiles, listed: ReadonlySet<string>, signal?: AbortSignal) {
  const main = findMainFile(listed);
  if (main === undefined) {
    const names = MAIN_FILES.map(({ path }) => path).join(", ");
    throw new AppError("bad-input", `no checkpoint here: none of ${names}`);
  }
  const source = await openFile(files, main.path, signal);
  const readFile = READERS[main.format];
  return main.isIndex
    ? readShards(source, checkedFiles(files, listed), readFile, signal)
    : [await readFile(source, signal)];
}

async function readHeads(files: CheckpointFiles, listed: ReadonlySet<string>, signal?: AbortSignal) {
  const heads: TensorFile[] = [];
  for (const { head, path, format } of findHeadFiles(listed)) {
    const { source, tensors } = await READERS[format](await openFile(files, path, signal), signal);
    const prefixed = [...tensors].map(([name, tensor]) => [`${head}.${name}`, tensor] as const);
    heads.push({ source, tensors: new Map(prefixed) });
  }
  return heads;
}

interface Located {
  readonly source: ByteSource;
  readonly stored: StoredTensor;
}

/** Bytes of a tensor, counted from its first; what is malformed about its file is said of the tensor too. */
async function readBytes(
  name: string,
  { source, stored }: Located,
  start: Bytes,
  end: Bytes,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  try {
    const first = await stored.locate(signal);
    return await source.read(first + start, first + end, signal);
  } catch (error) {
    if (error instanceof AppError && error.code === "malformed-file") {
      const details = { ...error.details, tensor: quoteName(name) };
      throw new AppError(error.code, `tensor ${quoteName(name)}: ${error.message}`, details, error);
    }
    throw error;
  }
}

/** @throws AppError `malformed-file` when two files have a tensor of one name. */
function merge(tensorFiles: readonly TensorFile[]): ReadonlyMap<string, Located> {
  const merged = new Map<string, Located>();
  for (const { source, tensors } of tensorFiles) {
    for (const [name, stored] of tensors) {
      const other = merged.get(name);
      if (other !== undefined) {
        throw malformed(source.name, `tensor ${quoteName(name)} is also in ${other.source.name}`);
      }
      merged.set(name, { source, stored });
    }
  }
  return merged;
}

/**
 * Opens the checkpoint in a folder: safetensors or files of torch.save, one or sharded, and `reward_head.*`
 * beside them, whose tensors are named `reward_head.<name>`.
 * @throws AppError `bad-input` when there is none; `malformed-file`, naming file and tensor; `unsupported-model`
 * for formats that are not read; `cancelled`.
 */
export async function openCheckpoint(files: CheckpointFiles, signal?: AbortSignal): Promise<Checkpoint> {
  const listed = new Set(await files.list());
  const main = await readMain(files, listed, signal);
  const located = merge([...main, ...(await readHeads(files, listed, signal))]);
  const tensors = new Map<string, TensorEntry>();
  for (const [name, { source, stored }] of located) {
    const { dtype, shape, byteLength } = stored;
    tensors.set(name, { name, dtype, shape, file: source.name, byteLength });
  }
  const readStored: Checkpoint["readStored"] = async (name, firstRow = 0, rowCount, signal) => {
    const found = located.get(name);
    if (found === undefined) {
      throw new AppError("malformed-file", `the checkpoint has no tensor ${quoteName(name)}`, {
        tensor: name,
      });
    }
    const { source, stored } = found;
    const { dtype, shape, byteLength } = stored;
    if (!isFloatDtype(dtype)) {
      throw malformed(
        source.name,
        `tensor ${quoteName(name)} is stored as ${dtype}: no floating-point numbers`,
      );
    }
    const rows = shape.length === 0 ? 1 : assertDefined(shape[0], "first dimension");
    const endRow = rowCount === undefined ? rows : firstRow + rowCount;
    if (
      ![firstRow, endRow].every(Number.isSafeInteger) ||
      firstRow < 0 ||
      firstRow > endRow ||
      endRow > rows
    ) {
      throw new Error(`no rows ${firstRow} to ${endRow} of the ${rows} of ${name}`);
    }
    const rowBytes = rows === 0 ? 0 : byteLength / rows;
    const bytes = await readBytes(name, found, firstRow * rowBytes, endRow * rowBytes, signal);
    return { dtype, bytes };
  };
  return {
    tensors,
    readStored,
    readFloat32: async (...rows) => {
      const { dtype, bytes } = await readStored(...rows);
      return decodeFloats(dtype, bytes);
    },
  };
}
