/**
 * A checkpoint folder to a folder transformers.js loads: reads tensors one by one, writes quantized external
 * data, the graph, the tokenizer and the config. The manifest is the caller's, last of all: a folder without
 * one is not a model, so output that was stopped or failed never looks complete.
 */
import { AppError, throwIfAborted } from "../core/errors.ts";
import type { ManifestFile } from "../core/manifest.ts";
import type { Protocol } from "../core/protocols/protocol.ts";
import type { DecoderPlan } from "./architectures/architecture.ts";
import type { CheckpointFiles } from "./byte-source.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { DecoderGraph } from "./decoder-graph.ts";
import { ExternalData, type ModelSink } from "./external-data.ts";
import { HashingSink } from "./hashing-sink.ts";
import { addHead } from "./head-graph.ts";
import { OnnxGraph } from "./onnx-graph.ts";
import type { Scheme } from "./quantize/scheme.ts";
import { Weights } from "./weights.ts";

/** Written into graphs and manifests. */
export const CONVERTER_VERSION = "1";

/** Of a tokenizer, those that are there; the first is needed. */
const TOKENIZER_FILES = ["tokenizer.json", "tokenizer_config.json", "chat_template.jinja"] as const;

/** Longest input a converted model takes: keeps the rope tables of long-context checkpoints small. */
const MAX_CONTEXT = 32_768;

export interface ConvertRequest {
  readonly files: CheckpointFiles;
  readonly checkpoint: Checkpoint;
  /** config.json, parsed. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly plan: DecoderPlan;
  readonly protocol: Protocol;
  readonly scheme: Scheme;
  /** Ids of the candidates of an `lm-rows` head. */
  readonly candidateIds: readonly number[];
}

export interface ConvertProgress {
  /** Layers written, of how many. */
  readonly done: number;
  readonly total: number;
}

/** Longest input of the converted model, in tokens. */
export function contextOf(plan: DecoderPlan, protocol: Protocol): number {
  return Math.min(plan.maxPositions, protocol.maxTokens, MAX_CONTEXT);
}

/**
 * Writes everything but the manifest and returns the manifest's list of files.
 * @throws AppError `malformed-file` | `unsupported-model` | `cancelled`
 */
export async function convert(
  request: ConvertRequest,
  sink: ModelSink,
  ctx: { readonly signal: AbortSignal; readonly emit: (progress: ConvertProgress) => void },
): Promise<readonly ManifestFile[]> {
  const { checkpoint, plan, protocol, scheme } = request;
  const hashing = new HashingSink(sink);
  const modelFile = `model${scheme.suffix}.onnx`;
  const data = new ExternalData(hashing, "onnx", modelFile);
  const graph = new OnnxGraph();
  const weights = new Weights(checkpoint, ctx.signal);
  const decoder = new DecoderGraph(
    { graph, data },
    {
      plan,
      scheme,
      weights,
      context: contextOf(plan, protocol),
      onLayer: (done, total) => {
        throwIfAborted(ctx.signal);
        ctx.emit({ done, total });
      },
    },
  );
  const hidden = await decoder.build();
  await addHead({ graph, data }, hidden, {
    head: protocol.head,
    plan,
    weights,
    candidateIds: request.candidateIds,
    activations: scheme.activations,
  });
  await data.close();
  await writeAll(hashing, `onnx/${modelFile}`, graph.encode(CONVERTER_VERSION));
  await writeConfig(request, modelFile, data.files.length, hashing);
  await copyTokenizer(request.files, hashing, ctx.signal);
  return hashing.files;
}

async function writeAll(sink: ModelSink, path: string, bytes: Uint8Array): Promise<void> {
  const file = await sink.create(path);
  await file.write(bytes);
  await file.close();
}

async function writeConfig(
  { config, scheme, plan }: ConvertRequest,
  modelFile: string,
  dataFiles: number,
  sink: ModelSink,
): Promise<void> {
  const converted = {
    ...config,
    model_type: plan.modelType,
    // transformers.js computes the shape of the cache from these, and older configs leave some out.
    num_key_value_heads: plan.keyValueHeads,
    head_dim: plan.headSize,
    "transformers.js_config": { dtype: scheme.id, use_external_data_format: { [modelFile]: dataFiles } },
  };
  await writeAll(sink, "config.json", new TextEncoder().encode(JSON.stringify(converted, null, 2)));
}

async function copyTokenizer(files: CheckpointFiles, sink: ModelSink, signal: AbortSignal): Promise<void> {
  for (const path of TOKENIZER_FILES) {
    const source = await files.open(path);
    if (source !== undefined) {
      await writeAll(sink, path, await source.read(0, source.size, signal));
    } else if (path === TOKENIZER_FILES[0]) {
      throw new AppError("malformed-file", `${path} is missing: only fast tokenizers can run in a browser`, {
        file: path,
      });
    }
  }
}
