/** What a decoder is made of, read from its config.json: everything the graph needs and nothing else. */
import * as v from "valibot";
import { AppError } from "../../core/errors.ts";
import { quoteName } from "../malformed.ts";

export interface Llama3Rope {
  readonly factor: number;
  readonly lowFrequencyFactor: number;
  readonly highFrequencyFactor: number;
  readonly originalMaxPositions: number;
}

export interface DecoderPlan {
  /** What transformers.js loads it as. */
  readonly modelType: "qwen2" | "llama" | "mistral";
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
  readonly vocabularySize: number;
  readonly normEpsilon: number;
  readonly ropeTheta: number;
  readonly ropeScaling?: Llama3Rope;
  readonly maxPositions: number;
  /** True when query, key and value projections add a bias. */
  readonly hasQkvBias: boolean;
  /** Window of tokens each one attends to; absent: all before it. */
  readonly slidingWindow?: number;
}

export interface Architecture {
  /** `model_type` of config.json; equals the file name. */
  readonly id: string;
  /** @throws AppError `malformed-file` | `unsupported-model` */
  plan(config: DecoderConfig): DecoderPlan;
}

const Count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31));
const Positive = v.pipe(v.number(), v.gtValue(0));
const Rope = v.looseObject({
  rope_type: v.optional(v.string()),
  type: v.optional(v.string()),
  rope_theta: v.optional(Positive),
  factor: v.optional(Positive),
  low_freq_factor: v.optional(Positive),
  high_freq_factor: v.optional(Positive),
  original_max_position_embeddings: v.optional(Count),
});

const ConfigSchema = v.looseObject({
  model_type: v.string(),
  hidden_act: v.optional(v.string(), "silu"),
  hidden_size: Count,
  intermediate_size: Count,
  num_hidden_layers: Count,
  num_attention_heads: Count,
  num_key_value_heads: v.optional(Count),
  head_dim: v.nullish(Count),
  vocab_size: Count,
  rms_norm_eps: Positive,
  max_position_embeddings: Count,
  rope_theta: v.optional(Positive),
  rope_parameters: v.nullish(Rope),
  rope_scaling: v.nullish(Rope),
  attention_bias: v.optional(v.boolean()),
  mlp_bias: v.optional(v.boolean()),
  sliding_window: v.nullish(Count),
  use_sliding_window: v.optional(v.boolean()),
});

export type DecoderConfig = v.InferOutput<typeof ConfigSchema>;

/** @throws AppError `malformed-file`, naming the field. */
export function parseDecoderConfig(value: unknown): DecoderConfig {
  const result = v.safeParse(ConfigSchema, value);
  if (!result.success) {
    const issue = result.issues[0];
    const where = v.getDotPath(issue) ?? "the top level";
    throw new AppError("malformed-file", `config.json is wrong at ${where}: ${issue.message}`, {
      file: "config.json",
    });
  }
  return result.output;
}

/** The base of rotary position embeddings where a config names none (the value of the first Llama). */
const DEFAULT_ROPE_THETA = 10_000;

/** ONNX Runtime rotates 16 values of a head at once. */
const HEAD_SIZE_STEP = 16;

/** The fields all architectures read alike. */
export function commonPlan(config: DecoderConfig): Omit<DecoderPlan, "modelType" | "hasQkvBias"> {
  if (config.hidden_act !== "silu") {
    throw new AppError(
      "unsupported-model",
      `the activation ${quoteName(config.hidden_act)} is not one this converter knows`,
    );
  }
  if (config.mlp_bias === true) {
    throw new AppError("unsupported-model", "a bias in the feed-forward layers is not supported");
  }
  const { hidden_size: hiddenSize, num_attention_heads: heads } = config;
  const keyValueHeads = config.num_key_value_heads ?? heads;
  const headSize = config.head_dim ?? hiddenSize / heads;
  if (!Number.isInteger(headSize) || headSize % 2 !== 0 || heads % keyValueHeads !== 0) {
    throw new AppError(
      "malformed-file",
      `config.json has ${heads} heads, ${keyValueHeads} key-value heads and hidden size ${hiddenSize}, which do not fit together`,
    );
  }
  if (headSize % HEAD_SIZE_STEP !== 0) {
    throw new AppError(
      "unsupported-model",
      `heads of ${headSize} values cannot be run: GroupQueryAttention rotates multiples of ${HEAD_SIZE_STEP}`,
    );
  }
  const scaling = ropeScaling(config);
  return {
    hiddenSize,
    intermediateSize: config.intermediate_size,
    layers: config.num_hidden_layers,
    heads,
    keyValueHeads,
    headSize,
    vocabularySize: config.vocab_size,
    normEpsilon: config.rms_norm_eps,
    ropeTheta: config.rope_parameters?.rope_theta ?? config.rope_theta ?? DEFAULT_ROPE_THETA,
    ...(scaling === undefined ? {} : { ropeScaling: scaling }),
    maxPositions: config.max_position_embeddings,
  };
}

/** transformers 5 writes `rope_parameters`, earlier versions `rope_scaling`. */
function ropeScaling(config: DecoderConfig): Llama3Rope | undefined {
  const rope = config.rope_parameters ?? config.rope_scaling ?? {};
  const kind = rope.rope_type ?? rope.type ?? "default";
  if (kind === "default") {
    return undefined;
  }
  const { factor, low_freq_factor, high_freq_factor, original_max_position_embeddings } = rope;
  if (
    kind !== "llama3" ||
    factor === undefined ||
    low_freq_factor === undefined ||
    high_freq_factor === undefined ||
    original_max_position_embeddings === undefined
  ) {
    throw new AppError(
      "unsupported-model",
      `rope scaling "${quoteName(kind)}" is not one this converter knows`,
    );
  }
  return {
    factor,
    lowFrequencyFactor: low_freq_factor,
    highFrequencyFactor: high_freq_factor,
    originalMaxPositions: original_max_position_embeddings,
  };
}
