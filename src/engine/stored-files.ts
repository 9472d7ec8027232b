/** Model files in this browser's own storage: read where they lie, never copied into memory. */

import { assertDefined } from "../core/assert.ts";
import { AppError, throwIfAborted } from "../core/errors.ts";
import type { ManifestFile } from "../core/manifest.ts";
import type { ModelFiles } from "./model-files.ts";
import { findFile, openModelFolder, readStoredManifest } from "./model-storage.ts";
import { verified } from "./verify-file.ts";

async function* chunksOf(blob: Blob, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const chunk of blob.stream()) {
    throwIfAborted(signal);
    yield chunk;
  }
}

/** The files of the stored model with this key. */
export function storedFiles(key: string): ModelFiles {
  let folder: FileSystemDirectoryHandle | undefined;
  return {
    readManifest: async () => {
      folder = await openModelFolder(key, { create: false });
      const manifest = folder && (await readStoredManifest(folder));
      if (manifest === undefined) {
        throw new AppError("unsupported-model", `the model ${key} is not in this browser's storage`);
      }
      return manifest;
    },
    readFile: async (file: ManifestFile, signal, onBytes) => {
      const blob = await findFile(assertDefined(folder, "the model's folder"), file.path);
      if (blob === undefined) {
        throw new AppError("malformed-file", `${file.path} is missing`, { file: file.path });
      }
      for await (const chunk of verified(file, chunksOf(blob, signal))) {
        onBytes(chunk.length, true);
      }
      return blob;
    },
    settle: () => Promise.resolve(),
  };
}
