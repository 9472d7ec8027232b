/** The engine's surroundings in Node: model folders on disk, verified, and the CPU. */
import { createReadStream } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { join, resolve, sep } from "node:path";
import { env } from "@huggingface/transformers";
import { Tensor } from "onnxruntime-node";
import { checkGraphs } from "../convert/external-places.ts";
import { AppError, throwIfAborted } from "../core/errors.ts";
import { MANIFEST_FILE, type ModelManifest, manifestSize, parseManifest } from "../core/manifest.ts";
import type { CallContext, LoadProgress, ModelRef } from "../core/scorer.ts";
import type { Bytes } from "../core/units.ts";
import type { DeviceCandidate, EngineHost, OpenDevice, ProvidedModel } from "../engine/host.ts";
import { memoryBuffers } from "../engine/key-value/memory-buffers.ts";
import { verified } from "../engine/verify-file.ts";
import { folderGraph } from "./folder-graph.ts";

async function provideModel(model: ModelRef, ctx: CallContext<LoadProgress>): Promise<ProvidedModel> {
  if (model.location === undefined) {
    throw new AppError("unsupported-model", `${model.id} is not a folder on this machine`);
  }
  const folder = resolve(model.location);
  const manifest = parseManifest(await readJson(join(folder, MANIFEST_FILE)), model.id);
  await refuseUnlisted(folder, manifest);
  const total = manifestSize(manifest);
  let loaded = 0;
  for (const file of manifest.files) {
    for await (const chunk of verified(file, createReadStream(join(folder, file.path)))) {
      throwIfAborted(ctx.signal);
      loaded += chunk.length;
    }
    ctx.emit({ phase: "download", loaded, total, cached: true });
  }
  await checkGraphs(manifest.files, (path) => readFile(join(folder, path)));
  env.allowLocalModels = true;
  env.allowRemoteModels = false;
  const paths = new Set(manifest.files.map((file) => file.path));
  const graph = folderGraph(folder, manifest);
  return {
    manifest,
    ...(graph === undefined ? {} : { graph }),
    // The path itself: transformers.js takes only some folder names for ids.
    pretrainedId: folder,
    readText: async (path) => (paths.has(path) ? readFile(join(folder, path), "utf8") : undefined),
  };
}

/** What transformers.js and ONNX Runtime open in a model folder. */
const OPENED = /\.(json|jinja|onnx|txt|model)$|\.onnx_data(_\d+)?$/;

/** A file that could be read but is not in the manifest would be used unverified. */
async function refuseUnlisted(folder: string, { files }: ModelManifest): Promise<void> {
  const listed = new Set([MANIFEST_FILE, ...files.map(({ path }) => path)]);
  const found = await readdir(folder, { recursive: true });
  const unlisted = found
    .map((path) => path.replaceAll(sep, "/"))
    .find((path) => OPENED.test(path) && !listed.has(path));
  if (unlisted !== undefined) {
    throw new AppError("malformed-file", `${unlisted} is not listed in ${MANIFEST_FILE}`, { file: unlisted });
  }
}

async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new AppError("unsupported-model", `${path} cannot be read: it is not a model folder`, {}, cause);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("malformed-file", `${path} is not JSON`, {}, cause);
  }
}

/** Of the machine's memory; the rest is for what else runs there. */
const MEMORY_PART = 0.5;

const LARGEST_ARRAY: Bytes = 4e9;

/** Node reads no larger file at once. */
const LARGEST_TO_REWRITE: Bytes = 2e9;

/** A rewritten graph's weights are read into memory; the session copies them, and packs the copy for its kernels. */
const COPIES_TO_REWRITE = 3;

function isTooLargeToRewrite(manifest: Pick<ModelManifest, "files">): boolean {
  const size = manifestSize(manifest);
  return size > LARGEST_TO_REWRITE || size * COPIES_TO_REWRITE > totalmem() * MEMORY_PART;
}

/**
 * Ways to run ONNX Runtime on the CPU, best first.
 * @param threads For the products of one pass; passes themselves are never run side by side.
 */
export function cpuCandidates(threads: number = availableParallelism()): readonly DeviceCandidate[] {
  const asStored = cpuCandidate(threads);
  const ownRows: DeviceCandidate = {
    ...asStored,
    kernels: "own-rows",
    objection: (manifest) =>
      isTooLargeToRewrite(manifest)
        ? "the model is too large to be in memory three times while it opens"
        : undefined,
    open: () => openCpu(threads, 1),
  };
  const { info } = asStored;
  return [ownRows, { ...asStored, info: { ...info, label: `${info.label}, all keys and values returned` } }];
}

/** The graph as it is stored: its cache is written in place, and Node's binding then copies all of it in every pass. */
export function cpuCandidate(threads: number = availableParallelism()): DeviceCandidate {
  return {
    info: {
      id: "cpu",
      label: `CPU, ${threads} ${threads === 1 ? "thread" : "threads"}`,
      reason: "Node runs models on the CPU",
    },
    way: { id: "cpu", label: "CPU", isExact: true },
    open: () => openCpu(threads, 2),
  };
}

function openCpu(threads: number, copiesInPass: number): Promise<OpenDevice> {
  return Promise.resolve({
    sessionOptions: { executionProviders: ["cpu"], intraOpNumThreads: threads },
    memory: {
      budget: totalmem() * MEMORY_PART,
      largestBuffer: LARGEST_ARRAY,
      copiesInPass,
      holdsWeights: true,
    },
    allocateBuffer: memoryBuffers(Tensor),
    lost: new Promise<string>(() => undefined),
    release: () => undefined,
  });
}

/** Model folders and the CPU. */
export const nodeHost: EngineHost = { provideModel, devices: () => Promise.resolve(cpuCandidates()) };
