/**
 * Model files in a browser: fetched with a byte-true progress, verified, kept in Cache Storage, and handed
 * to transformers.js through its single `env.fetch`. It can reach nothing else, so no unverified byte and
 * no other host is ever read, whether the model is served by the app or comes from the Hub.
 */
import { env } from "@huggingface/transformers";
import { AppError, throwIfAborted } from "../core/errors.ts";
import {
  MANIFEST_FILE,
  type ManifestFile,
  type ModelManifest,
  manifestSize,
  parseManifest,
} from "../core/manifest.ts";
import type { CallContext, LoadProgress, ModelRef } from "../core/scorer.ts";
import type { ProvidedModel } from "./host.ts";
import { verified } from "./verify-file.ts";

/** Own name, so that no other app on the same origin shares it by accident. */
const CACHE_NAME = "stepscope-models-v1";

/** Never resolved: `env.fetch` is answered from verified files. `.invalid` is reserved (RFC 2606). */
const INSIDE = "https://model.invalid/";
/** What transformers.js is told to load; a manifest's own id is for people, and untrusted. */
const INSIDE_ID = "model";

/** Joins a file's URL and its hash to the key it is stored under. */
const HASH_QUERY = "?sha256=";

/** A folder's name, or a repository on the Hub. */
const MODEL_ID = /^(?!\.+(?:\/|$))[\w.-]+(?:\/(?!\.+$)[\w.-]+)?$/;

const HTTP_NOT_FOUND = 404;

/** A progress event at most this often. */
const PROGRESS_INTERVAL_MS = 50;

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

async function* bodyOf(response: Response, signal: AbortSignal): AsyncGenerator<Uint8Array> {
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
async function collect(
  file: ManifestFile,
  response: Response,
  signal: AbortSignal,
  onBytes: (count: number) => void,
): Promise<Blob> {
  const parts: Blob[] = [];
  try {
    for await (const chunk of verified(file, bodyOf(response, signal))) {
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

interface Totals {
  loaded: number;
  cached: boolean;
}

async function readFile(
  model: ModelRef,
  file: ManifestFile,
  totals: Totals,
  ctx: CallContext<LoadProgress>,
  report: () => void,
): Promise<Blob> {
  const cache = await openCache();
  const key = fileUrl(model, file.path) + HASH_QUERY + file.sha256;
  const before = totals.loaded;
  const onBytes = (count: number) => {
    totals.loaded += count;
    report();
  };
  const stored = await lookUp(cache, key);
  if (stored !== undefined) {
    try {
      totals.cached = true;
      return await collect(file, stored, ctx.signal, onBytes);
    } catch {
      // What storage gave back cannot be read or is not what was put in: forget it and download again.
      throwIfAborted(ctx.signal);
      await cache?.delete(key);
      totals.loaded = before;
    }
  }
  totals.cached = false;
  const url = fileUrl(model, file.path);
  const blob = await collect(file, await request(url, file.path, ctx.signal), ctx.signal, onBytes);
  // A full disk must not stop the model from running; it will be downloaded again next time.
  await cache?.put(key, new Response(blob)).catch(() => undefined);
  return blob;
}

/** Downloads (or reads back) and verifies every file, and points transformers.js at them alone. */
export async function provideWebModel(
  model: ModelRef,
  ctx: CallContext<LoadProgress>,
): Promise<ProvidedModel> {
  if (!MODEL_ID.test(model.id)) {
    throw new AppError("bad-input", `"${model.id}" is not the name of a model`);
  }
  const manifest = await readManifest(model, ctx.signal);
  const total = manifestSize(manifest);
  const totals: Totals = { loaded: 0, cached: false };
  let reported = Number.NEGATIVE_INFINITY;
  const emit = () => {
    reported = performance.now();
    ctx.emit({ phase: "download", loaded: totals.loaded, total, cached: totals.cached });
  };
  const report = () => {
    if (performance.now() - reported >= PROGRESS_INTERVAL_MS || totals.loaded === total) {
      emit();
    }
  };
  emit();
  const files = new Map<string, Blob>();
  for (const file of manifest.files) {
    files.set(file.path, await readFile(model, file, totals, ctx, report));
    // However long the next file lets wait for its first byte, what has arrived is told.
    emit();
  }
  serveToTransformers(files);
  await forgetOthers(model, manifest);
  return { manifest, pretrainedId: INSIDE_ID, readText: async (path) => files.get(path)?.text() };
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

function serveToTransformers(files: ReadonlyMap<string, Blob>): void {
  const prefix = `${INSIDE}${INSIDE_ID}/`;
  env.allowLocalModels = false;
  env.allowRemoteModels = true;
  env.useBrowserCache = false;
  env.remoteHost = INSIDE;
  env.remotePathTemplate = "{model}/";
  env.fetch = (input: string | URL | Request) => {
    const url = input instanceof Request ? input.url : String(input);
    const blob = url.startsWith(prefix) ? files.get(url.slice(prefix.length)) : undefined;
    return Promise.resolve(
      blob === undefined
        ? new Response(null, { status: 404 })
        : new Response(blob, { headers: { "content-length": String(blob.size) } }),
    );
  };
}
