/** A published repository's files, and downloads of them that are watched. */
import { type DownloadProgress, downloadFile } from "../download-file.ts";
import type { DownloadStore } from "../download-store.ts";
import type { HubOptions } from "../hub-fetch.ts";
import type { RemoteFile, Repository } from "../repository.ts";

/** What the server of these tests holds. */
export const FOLDER = "e2e/fixtures/checkpoints/tiny-qwen2.5-math-prm";
export const LARGE = "model-00002-of-00002.safetensors";
export const SMALL = "config.json";

export function fileOf(path: string, listing: Pick<Repository, "files">): RemoteFile {
  const file = listing.files.find((listed) => listed.path === path);
  if (file === undefined) {
    throw new Error(`no ${path}`);
  }
  return file;
}

export interface Attempt extends HubOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/** Downloads and returns the progress. */
export async function attemptDownload(
  file: RemoteFile,
  store: DownloadStore,
  { onProgress, ...options }: Attempt,
): Promise<DownloadProgress[]> {
  const told: DownloadProgress[] = [];
  await downloadFile(file, store, {
    retryDelays: [0, 0, 0],
    signal: new AbortController().signal,
    emit: (progress) => {
      told.push(progress);
      onProgress?.(progress);
    },
    ...options,
  });
  return told;
}
