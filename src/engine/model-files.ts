/** What every place that model files come from has in common. */
import { AppError, throwIfAborted } from "../core/errors.ts";
import type { ManifestFile, ModelManifest } from "../core/manifest.ts";
import { verified } from "./verify-file.ts";

export interface ModelFiles {
  /** @throws AppError `unsupported-model` when there is none; `malformed-file` | `download-failed` | `cancelled`. */
  readManifest(signal: AbortSignal): Promise<ModelManifest>;
  /**
   * One file of the manifest, verified.
   * @param onBytes Bytes read since the last call (negative when they turned out to be of no use), and whether
   * they came from this browser's storage.
   * @throws AppError `malformed-file` | `download-failed` | `cancelled`
   */
  readFile(
    file: ManifestFile,
    signal: AbortSignal,
    onBytes: (count: number, cached: boolean) => void,
  ): Promise<Blob>;
  /** Called once all files are there. */
  settle(manifest: ModelManifest): Promise<void>;
}

export async function* bodyOf(response: Response, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  try {
    while (reader !== undefined) {
      const { done, value } = await reader.read();
      throwIfAborted(signal);
      if (done) {
        return;
      }
      yield value;
    }
  } finally {
    // Whoever stops reading early must not go on downloading.
    await reader?.cancel().catch(() => undefined);
  }
}

/** Reads one file to a Blob, verified. Chunks go into Blobs early so that the heap holds little. */
export async function collectVerified(
  file: ManifestFile,
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  onBytes: (count: number) => void,
): Promise<Blob> {
  const parts: Blob[] = [];
  try {
    for await (const chunk of verified(file, bytes)) {
      parts.push(new Blob([new Uint8Array(chunk)]));
      onBytes(chunk.length);
    }
  } catch (cause) {
    throwIfAborted(signal);
    if (cause instanceof AppError) {
      throw cause;
    }
    throw new AppError("download-failed", `${file.path} stopped arriving`, { file: file.path }, cause);
  }
  return new Blob(parts);
}
