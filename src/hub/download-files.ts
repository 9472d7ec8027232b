import type { CallContext } from "../core/scorer.ts";
import type { Bytes, Milliseconds } from "../core/units.ts";
import { type DownloadProgress, downloadFile } from "./download-file.ts";
import type { DownloadStore } from "./download-store.ts";
import type { HubOptions } from "./hub-fetch.ts";
import { type RemoteFile, totalSize } from "./repository.ts";

export interface FilesProgress {
  /** The file that is arriving or being read again. */
  readonly path: string;
  readonly phase: DownloadProgress["phase"];
  /** Bytes of all files. */
  readonly done: Bytes;
  readonly total: Bytes;
}

/** Pieces arrive a thousand times a second; nobody can see that. */
const PROGRESS_INTERVAL: Milliseconds = 50;

/**
 * Brings files here one after the other, with the progress of them all: at most some twenty times a second, and
 * at the end of each.
 * @throws what `downloadFile` throws; the files before are then here, and the part of this one that is kept.
 */
export async function downloadFiles(
  files: readonly RemoteFile[],
  store: DownloadStore,
  ctx: HubOptions & CallContext<FilesProgress>,
): Promise<void> {
  const total = totalSize(files);
  let before = 0;
  let told = Number.NEGATIVE_INFINITY;
  for (const file of files) {
    const { path, size } = file;
    const emit = ({ phase, done }: DownloadProgress) => {
      const now = performance.now();
      if (now - told >= PROGRESS_INTERVAL || done === size) {
        told = now;
        ctx.emit({ path, phase, done: before + done, total });
      }
    };
    await downloadFile(file, store, { ...ctx, emit });
    before += size;
  }
}
