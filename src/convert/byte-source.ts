/**
 * Where the readers get their bytes. Everything below is pure over these two interfaces, so that Node's
 * files, a browser's `File`s, HTTP ranges and tests can all feed it.
 */
import { AppError, throwIfAborted } from "../core/errors.ts";
import type { Bytes } from "../core/units.ts";
import { malformed } from "./malformed.ts";

/** A file of known size that is read in ranges. */
export interface ByteSource {
  /** The file's name, for messages. */
  readonly name: string;
  readonly size: Bytes;
  /**
   * The bytes of the half-open range [start, end). They may be a view of memory that others hold: read only.
   * @throws AppError `malformed-file` when the file ends before `end`; `cancelled`; whatever the host's
   * reading throws.
   */
  read(start: Bytes, end: Bytes, signal?: AbortSignal): Promise<Uint8Array>;
}

/** The files of one checkpoint. Paths are relative to its folder, with forward slashes. */
export interface CheckpointFiles {
  list(): Promise<readonly string[]>;
  /** `undefined` when there is no such file. */
  open(path: string): Promise<ByteSource | undefined>;
}

/**
 * Makes a `ByteSource` of a host's own way to read. Its range is inside of [0, size] when it is asked, and
 * its answer is measured, so that no reader has to doubt either.
 */
export function createByteSource(
  name: string,
  size: Bytes,
  readInside: (start: Bytes, end: Bytes, signal?: AbortSignal) => Promise<Uint8Array>,
): ByteSource {
  return {
    name,
    size,
    async read(start, end, signal) {
      if (!(Number.isSafeInteger(start) && Number.isSafeInteger(end) && 0 <= start && start <= end)) {
        throw new Error(`not a range of bytes: ${start} to ${end} of ${name}`);
      }
      if (end > size) {
        throw malformed(name, `ends early: ${size} bytes, but byte ${end} is needed`);
      }
      const bytes = await readInside(start, end, signal);
      if (bytes.length !== end - start) {
        throw malformed(name, `ends early: ${bytes.length} of the ${end - start} bytes from byte ${start}`);
      }
      return bytes;
    },
  };
}

/**
 * A `Blob` or `File` as a `ByteSource`.
 * @throws AppError, from `read`: `bad-input` when the file can no longer be read (moved or changed since it
 * was picked).
 */
export function blobSource(blob: Blob, name: string): ByteSource {
  return createByteSource(name, blob.size, async (start, end, signal) => {
    let buffer: ArrayBuffer;
    try {
      signal && throwIfAborted(signal);
      buffer = await blob.slice(start, end).arrayBuffer();
      signal && throwIfAborted(signal);
    } catch (cause) {
      if (cause instanceof AppError) {
        throw cause;
      }
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new AppError("bad-input", `${name} could not be read: ${reason}`, { file: name }, cause);
    }
    return new Uint8Array(buffer);
  });
}

/** Bytes in memory as a `ByteSource`. What it reads are views, not copies. */
export function bytesSource(bytes: Uint8Array, name: string): ByteSource {
  return createByteSource(name, bytes.length, async (start, end, signal) => {
    signal && throwIfAborted(signal);
    return bytes.subarray(start, end);
  });
}
