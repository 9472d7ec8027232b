/** Model files from the app's own server or from the Hub: fetched, verified, and kept in Cache Storage. */
import { AppError, throwIfAborted } from "../core/errors.ts";
import { MANIFEST_FILE, type ManifestFile, type ModelManifest, parseManifest } from "../core/manifest.ts";
import type { ModelRef } from "../core/scorer.ts";
import { bodyOf, collectVerified, type ModelFiles } from "./model-files.ts";

/** Own name, so that no other app on the same origin shares it by accident. */
const CACHE_NAME = "stepscope-models-v1";

/** Joins a file's URL and its hash to the key it is stored under. */
const HASH_QUERY = "?sha256=";

const HTTP_NOT_FOUND = 404;

function fileUrl(model: ModelRef, path: string): string {
  if (model.location !== undefined) {
    return new URL(path, model.location).href;
  }
  const revision = encodeURIComponent(model.revision ?? "main");
  return `https://huggingface.co/${model.id}/resolve/${revision}/${path}`;
}

async function request(url: string, what: string, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal, credentials: "omit" });
  } catch (cause) {
    throwIfAborted(signal);
    throw new AppError("download-failed", `${what} could not be downloaded: no answer`, { url }, cause);
  }
  if (!response.ok) {
    throw new AppError("download-failed", `${what} could not be downloaded: HTTP ${response.status}`, {
      url,
      status: response.status,
    });
  }
  return response;
}

async function readManifest(model: ModelRef, signal: AbortSignal): Promise<ModelManifest> {
  const cache = await openCache();
  const url = fileUrl(model, MANIFEST_FILE);
  try {
    const text = await (await request(url, `${model.id}: ${MANIFEST_FILE}`, signal)).text();
    const manifest = parseText(text, model.id);
    await cache?.put(url, new Response(text)).catch(() => undefined);
    return manifest;
  } catch (error) {
    if (failedStatus(error) === HTTP_NOT_FOUND) {
      throw new AppError(
        "unsupported-model",
        `there is no model ${model.id} here: it has no ${MANIFEST_FILE}`,
      );
    }
    // Without an answer, the manifest stored with the files still says what they must hash to.
    const isOffline = AppError.from(error).code === "download-failed" && failedStatus(error) === undefined;
    const stored = isOffline && !signal.aborted ? await lookUp(cache, url) : undefined;
    if (stored === undefined) {
      throw error;
    }
    return parseText(await stored.text(), model.id);
  }
}

/** The HTTP status a download failed with; `undefined` when there was no answer, or it did not fail so. */
function failedStatus(error: unknown): number | undefined {
  const { status } = AppError.from(error).details;
  return typeof status === "number" ? status : undefined;
}

function parseText(text: string, modelId: string): ModelManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError("malformed-file", `${modelId}: ${MANIFEST_FILE} is not JSON`, {}, cause);
  }
  return parseManifest(value, modelId);
}

/** What storage holds under a key; storage that cannot be read holds nothing. */
async function lookUp(cache: Cache | undefined, key: string): Promise<Response | undefined> {
  try {
    return await cache?.match(key);
  } catch {
    return undefined;
  }
}

/** Cache Storage is missing in insecure contexts and may be forbidden: then files live in memory only. */
async function openCache(): Promise<Cache | undefined> {
  try {
    return await caches.open(CACHE_NAME);
  } catch {
    return undefined;
  }
}

async function readFile(
  model: ModelRef,
  file: ManifestFile,
  signal: AbortSignal,
  onBytes: (count: number, cached: boolean) => void,
): Promise<Blob> {
  const cache = await openCache();
  const key = fileUrl(model, file.path) + HASH_QUERY + file.sha256;
  const stored = await lookUp(cache, key);
  if (stored !== undefined) {
    let counted = 0;
    try {
      return await collectVerified(file, bodyOf(stored, signal), signal, (count) => {
        counted += count;
        onBytes(count, true);
      });
    } catch {
      // What storage gave back cannot be read or is not what was put in: forget it and download again.
      throwIfAborted(signal);
      await cache?.delete(key);
      onBytes(-counted, false);
    }
  }
  const url = fileUrl(model, file.path);
  const response = await request(url, file.path, signal);
  const blob = await collectVerified(file, bodyOf(response, signal), signal, (count) =>
    onBytes(count, false),
  );
  // A full disk must not stop the model from running; it will be downloaded again next time.
  await cache?.put(key, new Response(blob)).catch(() => undefined);
  return blob;
}

/** Drops what storage keeps of earlier versions of these files. */
async function forgetOthers(model: ModelRef, { files }: ModelManifest): Promise<void> {
  const cache = await openCache();
  const current = new Map(files.map((file) => [fileUrl(model, file.path), file.sha256]));
  for (const { url } of (await cache?.keys().catch(() => undefined)) ?? []) {
    const [path = "", hash] = url.split(HASH_QUERY);
    const wanted = current.get(path);
    if (hash !== undefined && wanted !== undefined && wanted !== hash) {
      await cache?.delete(url).catch(() => undefined);
    }
  }
}

/** A model's files as some server has them. */
export function networkFiles(model: ModelRef): ModelFiles {
  return {
    readManifest: (signal) => readManifest(model, signal),
    readFile: (file, signal, onBytes) => readFile(model, file, signal, onBytes),
    settle: (manifest) => forgetOthers(model, manifest),
  };
}
