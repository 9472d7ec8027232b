/**
 * `model.safetensors.index.json` and `pytorch_model.bin.index.json`: which file of a sharded checkpoint holds
 * which tensor. The file chooses names that will be opened, so they may be nothing but names.
 */
import type { Bytes } from "../core/units.ts";
import type { ByteSource, CheckpointFiles } from "./byte-source.ts";
import { isJsonObject, parseJsonObject } from "./json-text.ts";
import { malformed, quoteName } from "./malformed.ts";
import { checkTensorName, MAX_TENSORS, type StoredTensor, type TensorFile } from "./tensor-layout.ts";

/** A line takes some 120 bytes. */
export const MAX_INDEX_BYTES: Bytes = 32 * 1024 * 1024;

/** The largest published checkpoints have some 200. */
const MAX_SHARDS = 2048;

/** A list of what may be in it, not of what may not: no path, no drive, no scheme, no escape of a URL. */
const PLAIN_FILE_NAME = /^\w[\w.+-]{0,250}$/;

/**
 * Parses an index: shard's file name -> names of the tensors in it, both in the file's order.
 * @throws AppError `malformed-file`, naming the index.
 */
export function parseShardIndex(bytes: Uint8Array, file: string): ReadonlyMap<string, readonly string[]> {
  const { weight_map: weightMap } = parseJsonObject(bytes, file, "the index");
  if (!isJsonObject(weightMap)) {
    throw malformed(file, "the index has no object weight_map");
  }
  const rows = Object.entries(weightMap);
  if (rows.length === 0 || rows.length > MAX_TENSORS) {
    throw malformed(file, `lists ${rows.length} tensors, not 1 to ${MAX_TENSORS}`);
  }
  const shards = new Map<string, string[]>();
  for (const [name, shard] of rows) {
    checkTensorName(file, name);
    if (typeof shard !== "string" || !PLAIN_FILE_NAME.test(shard)) {
      const given = typeof shard === "string" ? quoteName(shard) : typeof shard;
      throw malformed(file, `tensor ${quoteName(name)} is in ${given}, which is not a plain file name`);
    }
    const names = shards.get(shard) ?? [];
    names.push(name);
    shards.set(shard, names);
  }
  if (shards.size > MAX_SHARDS) {
    throw malformed(file, `names ${shards.size} files, more than ${MAX_SHARDS}`);
  }
  return shards;
}

/**
 * Reads the files an index names, each with the tensors that the index places in it.
 * @throws AppError `malformed-file` for a wrong index, a missing shard, a shard without a tensor it should
 * hold, and what `readFile` throws.
 */
export async function readShards(
  index: ByteSource,
  files: CheckpointFiles,
  readFile: (source: ByteSource, signal?: AbortSignal) => Promise<TensorFile>,
  signal?: AbortSignal,
): Promise<TensorFile[]> {
  if (index.size > MAX_INDEX_BYTES) {
    throw malformed(index.name, `has ${index.size} bytes, more than ${MAX_INDEX_BYTES}`);
  }
  const shards = parseShardIndex(await index.read(0, index.size, signal), index.name);
  const read: TensorFile[] = [];
  for (const [shard, names] of shards) {
    const source = await files.open(shard);
    if (source === undefined) {
      throw malformed(index.name, `names ${shard}, which is missing`);
    }
    const { tensors } = await readFile(source, signal);
    const listed = new Map<string, StoredTensor>();
    for (const name of names) {
      const tensor = tensors.get(name);
      if (tensor === undefined) {
        throw malformed(shard, `does not hold tensor ${quoteName(name)}, which ${index.name} places in it`);
      }
      listed.set(name, tensor);
    }
    read.push({ source, tensors: listed });
  }
  return read;
}
