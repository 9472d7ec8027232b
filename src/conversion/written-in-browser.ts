/** Opens what a conversion has just written in this browser, to measure it. */
import { AppError } from "../core/errors.ts";
import type { ModelManifest } from "../core/manifest.ts";
import type { Bytes } from "../core/units.ts";
import { findFile } from "../engine/model-storage.ts";
import { webDevices } from "../engine/web-devices.ts";
import { serveToTransformers } from "../engine/web-files.ts";
import type { WrittenModel } from "./workshop.ts";

/**
 * WebAssembly's numbers are the most trusted, and its memory ends at 4 GB: weights are held once while they
 * are read and once in the session.
 */
const FITS_WASM: Bytes = 1.8e9;

export async function openInBrowser(
  folder: FileSystemDirectoryHandle,
  draft: ModelManifest,
): Promise<WrittenModel> {
  const { files } = draft;
  const blobs = new Map<string, Blob>();
  for (const { path } of files) {
    const blob = await findFile(folder, path);
    if (blob === undefined) {
      throw new AppError("internal", `${path} was written and is gone`, { file: path });
    }
    blobs.set(path, blob);
  }
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const candidates = await webDevices(size <= FITS_WASM ? "wasm" : undefined);
  const candidate = candidates.find((one) => one.objection?.(draft) === undefined);
  if (candidate === undefined) {
    throw new AppError("internal", "there is no device to measure the model on");
  }
  return { ...serveToTransformers(draft, blobs), candidate };
}
