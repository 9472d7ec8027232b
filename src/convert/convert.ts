/**
 * A checkpoint folder to a folder transformers.js loads: plans the graph and where each tensor lies, reads the
 * tensors one by one through the reference pass, writes them quantized, then graph, config and tokenizer. The manifest is the caller's, last of all: a folder without
 * one is not a model, so output that was stopped or failed never looks complete.
 */
import { AppError } from "../core/errors.ts";
import type { ManifestFile } from "../core/manifest.ts";
import type { Protocol } from "../core/protocols/protocol.ts";
import type { Bytes } from "../core/units.ts";
import type { DecoderPlan } from "./architectures/architecture.ts";
import type { CheckpointFiles } from "./byte-source.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { ModelSink } from "./external-data.ts";
import { HashingSink } from "./hashing-sink.ts";
import { type ConversionJournal, decodeState, encodeState, fingerprintOf } from "./journal.ts";
import { ModelPlan, type PlanRequest } from "./model-plan.ts";
import { ModelWriter, type WriteProgress } from "./model-writer.ts";
import type { Choices } from "./quantize/choice.ts";
import type { Scheme } from "./quantize/scheme.ts";
import { isStateOf, type ReferenceLogits, ReferencePass, type ReferenceState } from "./reference-pass.ts";
import type { Multiply } from "./reference-values.ts";
import { Weights } from "./weights.ts";

/** Written into graphs and manifests. */
export const CONVERTER_VERSION = "4";

/** Where transformers.js looks for graphs. */
const MODEL_FOLDER = "onnx";

/** Of a tokenizer, those that are there; the first is needed. */
const TOKENIZER_FILES = ["tokenizer.json", "tokenizer_config.json", "chat_template.jinja"] as const;

/** Longest input a converted model takes: keeps the rope tables of long-context checkpoints small. */
const MAX_CONTEXT = 32_768;

/** What the graph and the places of the tensors follow from. */
export interface ModelRequest {
  readonly checkpoint: Checkpoint;
  /** config.json, parsed. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly plan: DecoderPlan;
  readonly protocol: Protocol;
  readonly scheme: Scheme;
  /** Ids of the candidates of an `lm-rows` head. */
  readonly candidateIds: readonly number[];
  /** Largest file of weights. */
  readonly maxFileSize?: Bytes;
}

export interface ConvertRequest extends ModelRequest {
  /** Where the tokenizer's files are. */
  readonly files: CheckpointFiles;
  /**
   * Token ids of the canary's sequences: the checkpoint's own logits are computed for them, and layers are
   * quantized by what they are multiplied with there.
   */
  readonly sequences: readonly (readonly number[])[];
}

export interface ConvertContext {
  readonly signal: AbortSignal;
  readonly emit: (progress: WriteProgress) => void;
  /** What an earlier conversion reported last. One of anything else, or whose files are gone, is left aside. */
  readonly journal?: ConversionJournal | undefined;
  /** Told after each file of weights, before the next is begun. What it replaces is of no more use. */
  readonly saveJournal?: (journal: ConversionJournal) => Promise<void>;
}

export interface Conversion {
  /** Everything written but the manifest. */
  readonly files: readonly ManifestFile[];
  /** Of `sequences`, by the checkpoint's own float32 pass. */
  readonly logits: ReferenceLogits;
  /** How matrices are stored, where that was measured. */
  readonly choices: Choices;
}

function graphName({ suffix }: Pick<Scheme, "suffix">): string {
  return `model${suffix}.onnx`;
}

/** Where transformers.js looks for the graph. */
export function graphPath(scheme: Pick<Scheme, "suffix">): string {
  return `${MODEL_FOLDER}/${graphName(scheme)}`;
}

/** Longest input of the converted model, in tokens. */
export function contextOf(plan: DecoderPlan, protocol: Protocol): number {
  return Math.min(plan.maxPositions, protocol.maxTokens, MAX_CONTEXT);
}

function planRequestOf(request: ModelRequest, signal: AbortSignal): PlanRequest {
  const { checkpoint, plan, protocol, scheme } = request;
  const weights = new Weights(checkpoint, signal);
  weights.checkLayers(plan.layers);
  return {
    ...request,
    weights,
    context: contextOf(plan, protocol),
    folder: MODEL_FOLDER,
    modelFile: graphName(scheme),
    maxFileSize: request.maxFileSize,
  };
}

/**
 * Plans the graph and every file. Reads no weights: it finds out whether there are those that are wanted.
 * @throws AppError `malformed-file` when a tensor is missing, has another shape or belongs to no layer.
 */
export function planModel(request: ModelRequest, multiply: Multiply, signal: AbortSignal): ModelPlan {
  return new ModelPlan(planRequestOf(request, signal), multiply);
}

/**
 * Writes everything but the manifest. Files that were finished stay when it is stopped or fails; the one being
 * written is removed.
 * @param multiply The runtime's matrix product.
 * @throws AppError `malformed-file` | `unsupported-model` | `cancelled`
 */
export async function convert(
  request: ConvertRequest,
  sink: ModelSink,
  multiply: Multiply,
  ctx: ConvertContext,
): Promise<Conversion> {
  const { protocol, scheme } = request;
  const planRequest = planRequestOf(request, ctx.signal);
  const { weights } = planRequest;
  const fingerprint = await fingerprintOf(identityOf(request));
  const earlier = await earlierWork(ctx.journal, fingerprint, planRequest, request, multiply, sink);
  const model = earlier?.model ?? new ModelPlan(planRequest, multiply);
  const hashing = new HashingSink(sink, earlier?.files ?? []);
  const writer = new ModelWriter(model, hashing, {
    onProgress: ctx.emit,
    onFile: async (files) => {
      const { state } = reference;
      if (state !== undefined) {
        await ctx.saveJournal?.({
          format: 2,
          fingerprint,
          files: [...files],
          choices: Object.fromEntries(model.choices),
          reference: encodeState(state),
        });
      }
    },
  });
  const reference = new ReferencePass(
    { ...request, head: protocol.head, weights, activations: scheme.activations },
    multiply,
    writer,
    earlier?.state,
  );
  try {
    const logits = await reference.run();
    await writer.finish();
    await hashing.writeWhole(graphPath(scheme), model.graph.encode(CONVERTER_VERSION));
    await writeConfig(request, model.files.length, hashing);
    await copyTokenizer(request.files, hashing, ctx.signal);
    return { files: hashing.files, logits, choices: model.choices };
  } catch (thrown) {
    await hashing.abort();
    throw thrown;
  }
}

/** Everything the bytes of the output depend on, as far as it can be told without reading weights. */
function identityOf(request: ConvertRequest): unknown {
  const { checkpoint, config, protocol, scheme, candidateIds, sequences, maxFileSize } = request;
  const tensors = [...checkpoint.tensors.values()].map(({ name, dtype, shape, file, byteLength }) => [
    name,
    dtype,
    shape,
    file,
    byteLength,
  ]);
  const { id, head, maxTokens } = protocol;
  return [
    CONVERTER_VERSION,
    scheme.id,
    { id, head, maxTokens },
    config,
    candidateIds,
    sequences,
    maxFileSize,
    tensors,
  ];
}

interface EarlierWork {
  readonly files: readonly ManifestFile[];
  readonly model: ModelPlan;
  readonly state: ReferenceState;
}

/** What a journal tells of, when it is of this conversion and all its files are there as it says. */
async function earlierWork(
  journal: ConversionJournal | undefined,
  fingerprint: string,
  planRequest: PlanRequest,
  request: ConvertRequest,
  multiply: Multiply,
  sink: ModelSink,
): Promise<EarlierWork | undefined> {
  if (journal?.fingerprint !== fingerprint) {
    return undefined;
  }
  const model = new ModelPlan(planRequest, multiply, new Map(Object.entries(journal.choices)));
  for (const [index, { path, size }] of journal.files.entries()) {
    const planned = model.files[index];
    const isPlanned = planned?.path === path && planned.size === size;
    if (!isPlanned || (await sink.sizeOf(path)) !== size) {
      return undefined;
    }
  }
  const state = decodeState(journal.reference);
  return isStateOf(state, request) ? { files: journal.files, model, state } : undefined;
}

async function writeConfig(
  { config, scheme, plan }: ConvertRequest,
  dataFiles: number,
  sink: HashingSink,
): Promise<void> {
  const converted = {
    ...config,
    model_type: plan.modelType,
    // transformers.js computes the shape of the cache from these, and older configs leave some out.
    num_key_value_heads: plan.keyValueHeads,
    head_dim: plan.headSize,
    "transformers.js_config": {
      dtype: scheme.id,
      use_external_data_format: { [graphName(scheme)]: dataFiles },
    },
  };
  await sink.writeWhole("config.json", new TextEncoder().encode(JSON.stringify(converted, null, 2)));
}

async function copyTokenizer(files: CheckpointFiles, sink: HashingSink, signal: AbortSignal): Promise<void> {
  for (const path of TOKENIZER_FILES) {
    const source = await files.open(path);
    if (source !== undefined) {
      await sink.writeWhole(path, await source.read(0, source.size, signal));
    } else if (path === TOKENIZER_FILES[0]) {
      throw new AppError("malformed-file", `${path} is missing: only fast tokenizers can run in a browser`, {
        file: path,
      });
    }
  }
}
