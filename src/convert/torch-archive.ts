/**
 * Reads what torch.save writes of a dict of tensors since version 1.6: a zip file with a pickle that describes
 * the tensors and one stored entry for the bytes of each storage.
 */
import { AppError } from "../core/errors.ts";
import type { Bytes } from "../core/units.ts";
import type { ByteSource } from "./byte-source.ts";
import { DTYPE_BYTES } from "./dtype.ts";
import { malformed, quoteName } from "./malformed.ts";
import { kindOf, type PickleTensor } from "./pickle-value.ts";
import { locateEntry, readStoredZip, type ZipEntry } from "./stored-zip.ts";
import {
  checkTensorName,
  MAX_TENSORS,
  type StoredTensor,
  sizeOfTensor,
  type TensorFile,
} from "./tensor-layout.ts";
import { unpickle } from "./unpickle.ts";

/** A tensor takes some 150 bytes of pickle. */
const MAX_PICKLE_BYTES: Bytes = 16 * 1024 * 1024;

const ZIP_START = [0x50, 0x4b, 0x03, 0x04];

/** Protocol 2 and the number torch.save put first until 1.5. */
const OLD_START = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

/** `<archive>/data.pkl`, where the archive has the name the file was saved under. */
const PICKLE_ENTRY = /^[^/]*\/data\.pkl$/;

const startsWith = (bytes: Uint8Array, start: readonly number[]) =>
  start.every((byte, i) => bytes[i] === byte);

async function checkStart(source: ByteSource, signal?: AbortSignal): Promise<void> {
  const start = await source.read(0, Math.min(source.size, OLD_START.length), signal);
  if (startsWith(start, OLD_START)) {
    throw new AppError(
      "unsupported-model",
      `${source.name} is in the format of torch before 1.6, which is not read: load it with torch and save it again`,
      { file: source.name },
    );
  }
  if (!startsWith(start, ZIP_START)) {
    throw malformed(source.name, "is not a zip file, which torch.save writes");
  }
}

async function readEntry(source: ByteSource, entry: ZipEntry, signal?: AbortSignal): Promise<Uint8Array> {
  const start = await locateEntry(source, entry, signal);
  return source.read(start, start + entry.size, signal);
}

async function checkByteOrder(source: ByteSource, entry: ZipEntry | undefined, signal?: AbortSignal) {
  // Older torch does not say; it ran on little-endian machines.
  if (entry === undefined) {
    return;
  }
  const isLittle =
    entry.size === 6 && new TextDecoder().decode(await readEntry(source, entry, signal)) === "little";
  if (!isLittle) {
    throw malformed(source.name, "was not written in little-endian order: refused");
  }
}

/** Row-major without gaps. Where a dimension has one row, or none, its stride says nothing. */
function isContiguous({ shape, strides }: PickleTensor): boolean {
  if (strides.length !== shape.length) {
    return false;
  }
  let expected = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    const dimension = shape[i] ?? 0;
    if (dimension > 1 && strides[i] !== expected) {
      return shape.includes(0);
    }
    expected *= dimension;
  }
  return true;
}

/** Checks a tensor against its storage, and the storage against its entry. */
function placeTensor(
  source: ByteSource,
  name: string,
  tensor: PickleTensor,
  entries: ReadonlyMap<string, ZipEntry>,
  folder: string,
): StoredTensor {
  const { storage, offset, shape } = tensor;
  const { dtype } = storage;
  const where = `tensor ${quoteName(name)}`;
  const byteLength = sizeOfTensor(source.name, name, dtype, shape);
  if (!isContiguous(tensor)) {
    throw malformed(
      source.name,
      `${where} of shape [${shape.join(", ")}] has strides [${tensor.strides.join(", ")}]: not row-major, refused`,
    );
  }
  const entry = entries.get(`${folder}data/${storage.key}`);
  if (entry === undefined) {
    throw malformed(source.name, `${where} is in storage ${quoteName(storage.key)}, which is missing`);
  }
  const width = DTYPE_BYTES[dtype];
  if (storage.length * width !== entry.size) {
    throw malformed(
      source.name,
      `${where} is in a storage of ${storage.length} elements of ${dtype}, but the archive has ${entry.size} bytes`,
    );
  }
  const start = offset * width;
  if (offset < 0 || start + byteLength > entry.size) {
    throw malformed(
      source.name,
      `${where} lies at bytes ${start} to ${start + byteLength} of a storage of ${entry.size}`,
    );
  }
  return {
    dtype,
    shape,
    byteLength,
    locate: async (signal) => (await locateEntry(source, entry, signal)) + start,
  };
}

/**
 * Reads the names, formats, shapes and places of the tensors in a file of torch.save.
 * @throws AppError `malformed-file`, naming file and tensor, also for a pickle that asks for anything but
 * tensors; `unsupported-model` for the format of torch before 1.6.
 */
export async function readTorchArchive(source: ByteSource, signal?: AbortSignal): Promise<TensorFile> {
  const file = source.name;
  await checkStart(source, signal);
  const entries = await readStoredZip(source, signal);
  const pickles = [...entries.values()].filter((entry) => PICKLE_ENTRY.test(entry.name));
  const [pickle] = pickles;
  if (pickle === undefined || pickles.length > 1) {
    throw malformed(file, `has ${pickles.length} entries data.pkl, not one: not written by torch.save`);
  }
  if (pickle.size > MAX_PICKLE_BYTES) {
    throw malformed(file, `its pickle has ${pickle.size} bytes, more than ${MAX_PICKLE_BYTES}`);
  }
  const folder = pickle.name.slice(0, pickle.name.indexOf("/") + 1);
  await checkByteOrder(source, entries.get(`${folder}byteorder`), signal);
  const root = unpickle(await readEntry(source, pickle, signal), file);
  if (root === null || typeof root !== "object" || root.kind !== "dict") {
    throw malformed(file, `holds a ${kindOf(root)}, not a dict of tensors`);
  }
  if (root.items.size > MAX_TENSORS) {
    throw malformed(file, `has ${root.items.size} tensors, more than ${MAX_TENSORS}`);
  }
  const tensors = new Map<string, StoredTensor>();
  for (const [name, value] of root.items) {
    checkTensorName(file, name);
    if (value === null || typeof value !== "object" || value.kind !== "tensor") {
      throw malformed(file, `${quoteName(name)} is a ${kindOf(value)}, not a tensor`);
    }
    tensors.set(name, placeTensor(source, name, value, entries, folder));
  }
  return { source, tensors };
}
