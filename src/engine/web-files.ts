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
  let text: string;
  try {
    const response = await request(url, `${model.id}: ${MANIFEST_FILE}`, signal);
    text = await response.text();
    await cache?.put(url, new Response(text)).catch(() => undefined);
  } catch (error) {
    // Offline, the manifest stored with the files still says what they must hash to.
    const stored = signal.aborted ? undefined : await cache?.match(url);
    if (stored === undefined) {
      throw error;
    }
    text = await stored.text();
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError("malformed-file", `${model.id}: ${MANIFEST_FILE} is not JSON`, {}, cause);
  }
  return parseManifest(value, model.id);
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
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    throwIfAborted(signal);
    if (done) {
      return;
    }
    yield value;
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
  const key = `${fileUrl(model, file.path)}?sha256=${file.sha256}`;
  const before = totals.loaded;
  const onBytes = (count: number) => {
    totals.loaded += count;
    report();
  };
  const stored = await cache?.match(key);
  if (stored !== undefined) {
    try {
      totals.cached = true;
      return await collect(file, stored, ctx.signal, onBytes);
    } catch (error) {
      // What storage gave back is not what was put in: forget it and download again.
      throwIfAborted(ctx.signal);
      if (AppError.from(error).code !== "malformed-file") {
        throw error;
      }
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
  serveToTransformers(manifest.id, files);
  return { manifest, pretrainedId: manifest.id, readText: async (path) => files.get(path)?.text() };
}

function serveToTransformers(id: string, files: ReadonlyMap<string, Blob>): void {
  const prefix = `${INSIDE}${id}/`;
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
