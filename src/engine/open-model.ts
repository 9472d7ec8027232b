/** A session for a model whose files are there and whose device is open. */
import { AutoModel, AutoModelForCausalLM, type PreTrainedModel } from "@huggingface/transformers";
import * as v from "valibot";
import { AppError } from "../core/errors.ts";
import { manifestSize } from "../core/manifest.ts";
import { protocolOf } from "../core/protocols/index.ts";
import type { Bytes } from "../core/units.ts";
import { ChunkSize } from "./chunk-size.ts";
import { ForwardPass } from "./forward-pass.ts";
import type { DeviceCandidate, OpenDevice, PreparedGraph, ProvidedModel } from "./host.ts";
import { appendedCaches } from "./key-value/appended-cache.ts";
import type { CacheFactory } from "./key-value/cache.ts";
import { bytesPerPosition, type CacheShape, cacheShapeOf } from "./key-value/cache-shape.ts";
import { growingCaches } from "./key-value/growing-cache.ts";
import { inPlaceCaches } from "./key-value/in-place-cache.ts";
import { type ModelWidths, planMemory } from "./memory-plan.ts";
import { logitWidth } from "./readout.ts";
import { type RewrittenFiles, rewriteGraph } from "./rewrite-graph.ts";
import type { ScoringModel } from "./score-trace.ts";
import { SequencePool } from "./sequence-pool.ts";
import { sessionOf } from "./session.ts";
import type { LoadedTokenizer } from "./tokenizer.ts";

export interface OpenModel {
  readonly scoring: ScoringModel;
  /** How the key-value cache is kept, for people. */
  readonly cacheLabel: string;
  /** Frees the session and the device. */
  release(): Promise<void>;
}

/**
 * Compiles the graph, rewritten when the candidate says so. The device is released when that fails.
 * @throws AppError `unsupported-model`, and what the runtime throws.
 */
export async function openModel(
  provided: ProvidedModel,
  candidate: DeviceCandidate,
  tokenizer: LoadedTokenizer,
): Promise<OpenModel> {
  const { manifest } = provided;
  const device = await candidate.open();
  let opened: PreTrainedModel | undefined;
  try {
    const protocol = protocolOf(manifest);
    const rewritten = await rewriteGraph(provided, candidate.kernels);
    const model = await createModel(provided, candidate, device, rewritten);
    opened = model;
    const session = sessionOf(model);
    const shape = cacheShapeOf(session);
    const weights = rewritten?.weightBytes ?? manifestSize(manifest);
    const memory = planMemory(
      shape,
      await widthsOf(provided),
      roomBesideWeights(device, weights),
      manifest.context,
    );
    const caches = cachesFor(shape, device);
    const pool = new SequencePool({
      caches,
      bytesPerPosition: bytesPerPosition(shape),
      budget: memory.cacheBudget,
      longest: memory.longest,
    });
    const forward = new ForwardPass(session, {
      width: logitWidth(protocol.readout),
      lost: device.lost,
      onFailure: () => pool.clear(),
    });
    const chunk = new ChunkSize();
    const { context } = manifest;
    return {
      scoring: { protocol, tokenizer, context, forward, pool, memory, chunk },
      cacheLabel: caches.label,
      release: async () => {
        pool.clear();
        await model.dispose();
        device.release();
      },
    };
  } catch (thrown) {
    await opened?.dispose().catch(() => undefined);
    device.release();
    throw thrown;
  }
}

/**
 * As a decoder without a head a model gets no outputs placed for it: its cache is bound by the engine. Where that
 * cannot be done, transformers.js's decoder leaves the cache on the graphics device.
 */
async function createModel(
  provided: ProvidedModel,
  { info }: DeviceCandidate,
  { sessionOptions, allocateBuffer }: OpenDevice,
  rewritten: RewrittenFiles | undefined,
): Promise<PreTrainedModel> {
  const prepared = await prepareGraph(provided, rewritten);
  const external = [...(prepared.externalData ?? []), ...(rewritten?.added ?? [])];
  const isBound = allocateBuffer !== undefined || rewritten !== undefined;
  try {
    return await (isBound ? AutoModel : AutoModelForCausalLM).from_pretrained(prepared.pretrainedId, {
      dtype: provided.manifest.dtype,
      device: info.id,
      // transformers.js would look for the weights by itself.
      ...(prepared.externalData === undefined ? {} : { use_external_data_format: false }),
      session_options: {
        ...sessionOptions,
        ...rewritten?.sessionOptions,
        ...(external.length === 0 ? {} : { externalData: external }),
      },
    });
  } finally {
    await prepared.release?.();
  }
}

/** A model without files of its graph is loaded as it is. */
async function prepareGraph(
  { pretrainedId, graph }: ProvidedModel,
  rewritten: RewrittenFiles | undefined,
): Promise<PreparedGraph> {
  return (await graph?.prepare(rewritten?.graph)) ?? { pretrainedId };
}

function cachesFor(shape: CacheShape, { allocateBuffer }: OpenDevice): CacheFactory {
  if (shape.layout !== "head-major") {
    return appendedCaches(shape);
  }
  return allocateBuffer === undefined ? growingCaches(shape) : inPlaceCaches(shape, allocateBuffer);
}

/** Too little is not nothing: the smallest chain is tried even where weights fill the memory a plan assumes. */
const LEAST_ROOM: Bytes = 64e6;

function roomBesideWeights({ memory }: OpenDevice, weights: Bytes): OpenDevice["memory"] {
  const budget = memory.holdsWeights ? Math.max(memory.budget - weights, LEAST_ROOM) : memory.budget;
  return { ...memory, budget };
}

const Widths = v.looseObject({ num_attention_heads: v.number(), intermediate_size: v.number() });

async function widthsOf({ readText }: ProvidedModel): Promise<ModelWidths> {
  const parsed = v.safeParse(Widths, JSON.parse((await readText("config.json")) ?? "null"));
  if (!parsed.success) {
    throw new AppError("malformed-file", "config.json does not say how wide the model is", {
      file: "config.json",
    });
  }
  return { heads: parsed.output.num_attention_heads, intermediate: parsed.output.intermediate_size };
}
