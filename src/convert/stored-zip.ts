/**
 * The central directory of a zip file, zip64 included, and the stricter kind whose entries are stored, not
 * compressed: what torch.save writes. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3 and 4.5.3.
 */
import type { Bytes } from "../core/units.ts";
import type { ByteSource } from "./byte-source.ts";
import { malformed, quoteName } from "./malformed.ts";

const LOCAL_SIGNATURE = 0x04034b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_SIGNATURE = 0x06054b50;
const END64_SIGNATURE = 0x06064b50;
const LOCATOR64_SIGNATURE = 0x07064b50;

const LOCAL_BYTES = 30;
const ENTRY_BYTES = 46;
const END_BYTES = 22;
const END64_BYTES = 56;
const LOCATOR64_BYTES = 20;
const ZIP64_EXTRA_ID = 1;

/** The end record is followed by a comment of at most this length. */
const MAX_COMMENT_BYTES = 0xffff;

/** torch writes one entry a storage and a handful more. */
const MAX_ENTRIES = 250_000;

/** An entry takes some 70 bytes. */
const MAX_DIRECTORY_BYTES = 32 * 1024 * 1024;

/** A field that holds all ones has its value in a zip64 structure. */
const NARROW_16 = 0xffff;
const NARROW_32 = 0xffffffff;

export interface ZipEntry {
  readonly name: string;
  /** Where its local header begins. */
  readonly headerStart: Bytes;
  /** Where the next entry, or the directory, begins: its bytes end at or before. */
  readonly limit: Bytes;
  /** Unpacked, as the directory says. */
  readonly size: Bytes;
  /** In the file. */
  readonly storedSize: Bytes;
  /** How it is compressed: section 4.4.5. */
  readonly method: number;
  /** CRC-32 of what it unpacks to. */
  readonly checksum: number;
}

/** Not compressed. */
const STORED = 0;

interface Directory {
  readonly count: number;
  readonly start: Bytes;
  readonly end: Bytes;
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A 64-bit number of the file; what no double holds exactly is larger than any file. */
function wide(view: DataView, at: number, file: string): number {
  const value = view.getBigUint64(at, true);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw malformed(file, `its zip directory points to byte ${value}`);
  }
  return Number(value);
}

/** Where the end record lies in the file's last bytes: its comment must reach exactly to the file's end. */
function findEnd(tail: DataView): number | undefined {
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) === END_SIGNATURE) {
      if (at + END_BYTES + tail.getUint16(at + 20, true) === tail.byteLength) {
        return at;
      }
    }
  }
  return undefined;
}

async function readEnd64(source: ByteSource, tail: DataView, end: number, signal?: AbortSignal) {
  const locator = end - LOCATOR64_BYTES;
  if (locator < 0 || tail.getUint32(locator, true) !== LOCATOR64_SIGNATURE) {
    throw malformed(source.name, "its zip directory is said to be zip64, but has no zip64 record");
  }
  const start = wide(tail, locator + 8, source.name);
  const record = viewOf(await source.read(start, start + END64_BYTES, signal));
  if (record.getUint32(0, true) !== END64_SIGNATURE) {
    throw malformed(source.name, `has no zip64 record at byte ${start}`);
  }
  return { record, start };
}

async function findDirectory(source: ByteSource, signal?: AbortSignal): Promise<Directory> {
  const { name: file, size } = source;
  const tailStart = Math.max(0, size - END_BYTES - MAX_COMMENT_BYTES - LOCATOR64_BYTES);
  const tail = viewOf(await source.read(tailStart, size, signal));
  const at = findEnd(tail);
  if (at === undefined) {
    throw malformed(file, "is cut short or damaged: a zip file without its directory");
  }
  let count = tail.getUint16(at + 10, true);
  let length = tail.getUint32(at + 12, true);
  let start = tail.getUint32(at + 16, true);
  let limit = tailStart + at;
  if (count === NARROW_16 || length === NARROW_32 || start === NARROW_32) {
    const end64 = await readEnd64(source, tail, at, signal);
    count = wide(end64.record, 32, file);
    length = wide(end64.record, 40, file);
    start = wide(end64.record, 48, file);
    limit = end64.start;
  }
  if (start + length > limit) {
    throw malformed(
      file,
      `its zip directory lies at bytes ${start} to ${start + length}, behind its end at ${limit}`,
    );
  }
  if (count > MAX_ENTRIES || length > MAX_DIRECTORY_BYTES || count * ENTRY_BYTES > length) {
    throw malformed(file, `its zip directory declares ${count} entries in ${length} bytes`);
  }
  return { count, start, end: start + length };
}

/** The values of the zip64 extra field that stand in for the narrow ones that are all ones, in this order. */
function widen(narrow: readonly number[], extra: DataView, file: string): number[] {
  let at = 0;
  while (at + 4 <= extra.byteLength && extra.getUint16(at, true) !== ZIP64_EXTRA_ID) {
    at += 4 + extra.getUint16(at + 2, true);
  }
  const end = at + 4 <= extra.byteLength ? at + 4 + extra.getUint16(at + 2, true) : 0;
  let next = at + 4;
  return narrow.map((value) => {
    if (value !== NARROW_32) {
      return value;
    }
    if (next + 8 > Math.min(end, extra.byteLength)) {
      throw malformed(file, "a zip entry's size is missing from its zip64 field");
    }
    next += 8;
    return wide(extra, next - 8, file);
  });
}

type ListedEntry = Omit<ZipEntry, "limit">;

/** Reads one record of the directory; returns it with the offset of the next. */
function parseEntry(directory: DataView, at: number, file: string): [entry: ListedEntry, next: number] {
  if (at + ENTRY_BYTES > directory.byteLength || directory.getUint32(at, true) !== ENTRY_SIGNATURE) {
    throw malformed(file, "its zip directory ends early or is damaged");
  }
  const nameEnd = at + ENTRY_BYTES + directory.getUint16(at + 28, true);
  const extraEnd = nameEnd + directory.getUint16(at + 30, true);
  const next = extraEnd + directory.getUint16(at + 32, true);
  if (next > directory.byteLength) {
    throw malformed(file, "its zip directory ends early or is damaged");
  }
  const bytesOf = (start: number, end: number) =>
    new Uint8Array(directory.buffer, directory.byteOffset + start, end - start);
  let name: string;
  try {
    name = new TextDecoder("utf-8", { fatal: true }).decode(bytesOf(at + ENTRY_BYTES, nameEnd));
  } catch (cause) {
    throw malformed(file, "the name of a zip entry is not UTF-8", cause);
  }
  const flags = directory.getUint16(at + 8, true);
  const method = directory.getUint16(at + 10, true);
  if ((flags & 1) !== 0) {
    throw malformed(file, `its entry ${quoteName(name)} is encrypted: refused`);
  }
  const narrow = [24, 20, 42].map((offset) => directory.getUint32(at + offset, true));
  const [size = 0, storedSize = 0, headerStart = 0] = widen(narrow, viewOf(bytesOf(nameEnd, extraEnd)), file);
  const checksum = directory.getUint32(at + 16, true);
  return [{ name, headerStart, size, storedSize, method, checksum }, next];
}

/** Checks that no two entries share a byte and that all lie before the directory. */
function boundEntries(entries: readonly ListedEntry[], directoryStart: Bytes, file: string): ZipEntry[] {
  const sorted = [...entries].sort((a, b) => a.headerStart - b.headerStart);
  return sorted.map((entry, i) => {
    const limit = sorted[i + 1]?.headerStart ?? directoryStart;
    // The least an entry takes; its own header, read when the entry is, says the rest.
    if (entry.headerStart + LOCAL_BYTES + entry.storedSize > limit) {
      throw malformed(
        file,
        `its entry ${quoteName(entry.name)} has ${entry.storedSize} bytes from byte ${entry.headerStart}, ` +
          `but has to end by ${limit}`,
      );
    }
    return { ...entry, limit };
  });
}

/**
 * Lists the entries of a zip file, in the order in which they lie in it. Checksums are not looked at.
 * @throws AppError `malformed-file` for a damaged directory, entries that overlap or leave the file, and for
 * encrypted entries.
 */
export async function readZip(source: ByteSource, signal?: AbortSignal): Promise<readonly ZipEntry[]> {
  const file = source.name;
  const { count, start, end } = await findDirectory(source, signal);
  const directory = viewOf(await source.read(start, end, signal));
  const listed: ListedEntry[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    const [entry, next] = parseEntry(directory, at, file);
    listed.push(entry);
    at = next;
  }
  return boundEntries(listed, start, file);
}

/**
 * Lists the entries of a zip file by name; none of them is compressed.
 * @throws AppError `malformed-file` as `readZip` does, for a name used twice and for compressed entries.
 */
export async function readStoredZip(
  source: ByteSource,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, ZipEntry>> {
  const file = source.name;
  const entries = new Map<string, ZipEntry>();
  for (const entry of await readZip(source, signal)) {
    const { name, method, size, storedSize } = entry;
    if (method !== STORED) {
      throw malformed(file, `its entry ${quoteName(name)} is compressed (method ${method}): refused`);
    }
    if (size !== storedSize) {
      throw malformed(file, `its entry ${quoteName(name)} has ${size} bytes, but stores ${storedSize}`);
    }
    if (entries.has(name)) {
      throw malformed(file, `has the entry ${quoteName(name)} twice`);
    }
    entries.set(name, entry);
  }
  return entries;
}

/**
 * Where the bytes of an entry begin: behind its local header, whose padding only it knows.
 * @throws AppError `malformed-file` when the header is not there or the bytes do not fit.
 */
export async function locateEntry(source: ByteSource, entry: ZipEntry, signal?: AbortSignal): Promise<Bytes> {
  const header = viewOf(await source.read(entry.headerStart, entry.headerStart + LOCAL_BYTES, signal));
  const start = entry.headerStart + LOCAL_BYTES + header.getUint16(26, true) + header.getUint16(28, true);
  if (header.getUint32(0, true) !== LOCAL_SIGNATURE || start + entry.storedSize > entry.limit) {
    throw malformed(
      source.name,
      `its entry ${quoteName(entry.name)} is not where the zip directory places it`,
    );
  }
  return start;
}
