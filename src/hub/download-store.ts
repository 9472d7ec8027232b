/**
 * Where a download is kept while it grows: Node's folders, a browser's private file system. A file has its own
 * name only once it is whole, so that whoever finds it under that name may read it.
 */
import type { Bytes } from "../core/units.ts";

export interface DownloadStore {
  /**
   * Opens what is kept of a file: nothing, a part that an earlier download left, or a finished file, which is
   * unfinished again from here on. One user at a time.
   * @throws AppError `storage-full` | `bad-input` when the file cannot be opened.
   */
  open(path: string): Promise<PartialFile>;
}

/** An open file. It has to be left by one of `finish`, `close` and `discard`, whatever happens. */
export interface PartialFile {
  /** Bytes kept; grows with `append`. */
  readonly size: Bytes;
  /** What is kept, from the first byte. A piece is valid until the next one is asked for. */
  read(): AsyncIterable<Uint8Array>;
  /** @throws AppError `storage-full` | `bad-input`; what was kept before is still there, maybe with a part of it. */
  append(bytes: Uint8Array): Promise<void>;
  /** Forgets what is kept and stays open. */
  clear(): Promise<void>;
  /** Closes the file and gives it its own name. */
  finish(): Promise<void>;
  /** Closes the file and keeps it for a later download. */
  close(): Promise<void>;
  /** Closes the file and deletes it. */
  discard(): Promise<void>;
}

/** Read at once, as from a disk. */
const PIECE_BYTES: Bytes = 64 * 1024;

/** Keeps files in memory: for small ones, and what tests compare with. */
export class MemoryStore implements DownloadStore {
  readonly finished = new Map<string, Uint8Array>();
  readonly unfinished = new Map<string, Uint8Array>();

  async open(path: string): Promise<PartialFile> {
    let kept = this.finished.get(path) ?? this.unfinished.get(path) ?? new Uint8Array();
    const keep = (bytes: Uint8Array) => {
      kept = bytes;
      this.unfinished.set(path, bytes);
    };
    this.finished.delete(path);
    keep(kept);
    return {
      get size() {
        return kept.length;
      },
      read: async function* () {
        for (let at = 0; at < kept.length; at += PIECE_BYTES) {
          yield kept.subarray(at, at + PIECE_BYTES);
        }
      },
      append: async (bytes) => {
        const longer = new Uint8Array(kept.length + bytes.length);
        longer.set(kept);
        longer.set(bytes, kept.length);
        keep(longer);
      },
      clear: async () => keep(new Uint8Array()),
      finish: async () => {
        this.unfinished.delete(path);
        this.finished.set(path, kept);
      },
      close: () => Promise.resolve(),
      discard: async () => {
        this.unfinished.delete(path);
      },
    };
  }
}
