/**
 * Model files in a browser, handed to transformers.js through its single `env.fetch` with a byte-true
 * progress. It can reach nothing else, so no unverified byte and no other host is ever read, whether the model
 * is served by the app, comes from the Hub or is kept in this browser's own storage.
 */
import { env } from "@huggingface/transformers";
import { AppError } from "../core/errors.ts";
import { type ModelManifest, manifestSize } from "../core/manifest.ts";
import { isModelName } from "../core/model-name.ts";
import type { CallContext, LoadProgress, ModelRef } from "../core/scorer.ts";
import type { GraphFiles, ProvidedModel } from "./host.ts";
import { networkFiles } from "./network-files.ts";
import { storedFiles } from "./stored-files.ts";

/** Never resolved: `env.fetch` is answered from verified files. `.invalid` is reserved (RFC 2606). */
const INSIDE = "https://model.invalid/";
/** What transformers.js is told to load; a manifest's own id is for people, and untrusted. */
const INSIDE_ID = "model";

/** A progress event at most this often. */
const PROGRESS_INTERVAL_MS = 50;

/** Downloads (or reads back) and verifies every file, and points transformers.js at them alone. */
export async function provideWebModel(
  model: ModelRef,
  ctx: CallContext<LoadProgress>,
): Promise<ProvidedModel> {
  // A stored model is found by its key; what it calls itself is for people.
  if (model.stored === undefined && !isModelName(model.id)) {
    throw new AppError("unsupported-model", `"${model.id}" is not the name of a model`);
  }
  const source = model.stored === undefined ? networkFiles(model) : storedFiles(model.stored);
  const manifest = await source.readManifest(ctx.signal);
  const total = manifestSize(manifest);
  const totals = { loaded: 0, cached: false };
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
    const blob = await source.readFile(file, ctx.signal, (count, cached) => {
      totals.loaded += count;
      totals.cached = cached;
      report();
    });
    files.set(file.path, blob);
    // However long the next file lets wait for its first byte, what has arrived is told.
    emit();
  }
  await source.settle(manifest);
  return serveToTransformers(manifest, files);
}

/** Makes these files all that transformers.js can load. */
export function serveToTransformers(
  manifest: ModelManifest,
  listed: ReadonlyMap<string, Blob>,
): ProvidedModel {
  const files = new Map(listed);
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
  const graphPath = manifest.files.map(({ path }) => path).find((path) => path.endsWith(".onnx"));
  const graph = graphPath === undefined ? undefined : files.get(graphPath);
  return {
    manifest,
    pretrainedId: INSIDE_ID,
    readText: async (path) => files.get(path)?.text(),
    ...(graphPath === undefined || graph === undefined
      ? {}
      : {
          graph: graphFiles(files, graphPath, graph),
        }),
  };
}

function graphFiles(files: Map<string, Blob>, graphPath: string, graph: Blob): GraphFiles {
  const external = externalData(files);
  return {
    readGraph: () => bytesOf(graph),
    readWeights: async (location, offset, length) => {
      const file = external.get(location);
      return file && bytesOf(file.slice(offset, offset + length));
    },
    prepare: (other) => {
      files.set(graphPath, other === undefined ? graph : new Blob([other]));
      return Promise.resolve({
        pretrainedId: INSIDE_ID,
        externalData: [...external].map(([path, data]) => ({ path, data })),
      });
    },
  };
}

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}

/** A graph names its external data relative to itself. */
function externalData(files: ReadonlyMap<string, Blob>): ReadonlyMap<string, Blob> {
  return new Map(
    [...files]
      .filter(([path]) => /\.onnx_data(_\d+)?$/.test(path))
      .map(([path, blob]) => [path.slice(path.lastIndexOf("/") + 1), blob]),
  );
}
