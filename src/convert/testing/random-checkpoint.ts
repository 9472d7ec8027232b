/** Small checkpoints with random weights and odd sizes, for tests. */
import { encodeFloat16 } from "../dtype.ts";
import { buildSafetensors, type SafetensorsRow } from "./build-safetensors.ts";
import { concat } from "./byte-strings.ts";

export interface RandomCheckpoint {
  readonly modelType: "qwen2" | "llama" | "mistral";
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  /** Stated in the config; left out, it follows from the hidden size. */
  readonly headSize?: number;
  readonly vocabularySize: number;
  /** Tensors of the head with their shapes. */
  readonly head: Readonly<Record<string, readonly number[]>>;
  readonly stored: "F32" | "F16" | "BF16";
}

/** Numbers near a normal distribution, the same for every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return () => next() + next() + next() + next() - 2;
}

function encode(values: Float32Array, stored: RandomCheckpoint["stored"]): Uint8Array {
  const bits = new Uint32Array(values.buffer);
  switch (stored) {
    case "F32":
      return new Uint8Array(values.buffer);
    case "F16":
      return new Uint8Array(encodeFloat16(values).buffer);
    case "BF16":
      return new Uint8Array(Uint16Array.from(bits, (word) => word >>> 16).buffer);
  }
}

/** Names and shapes of all tensors. */
function shapesOf(spec: RandomCheckpoint): Record<string, readonly number[]> {
  const { hiddenSize, intermediateSize, heads, keyValueHeads } = spec;
  const headSize = spec.headSize ?? hiddenSize / heads;
  const [queries, keys] = [heads * headSize, keyValueHeads * headSize];
  const shapes: Record<string, readonly number[]> = {
    "model.embed_tokens.weight": [spec.vocabularySize, hiddenSize],
    "model.norm.weight": [hiddenSize],
    ...spec.head,
  };
  for (let layer = 0; layer < spec.layers; layer += 1) {
    const add = (name: string, ...shape: number[]) => {
      shapes[`model.layers.${layer}.${name}`] = shape;
    };
    add("input_layernorm.weight", hiddenSize);
    add("post_attention_layernorm.weight", hiddenSize);
    add("self_attn.q_proj.weight", queries, hiddenSize);
    add("self_attn.k_proj.weight", keys, hiddenSize);
    add("self_attn.v_proj.weight", keys, hiddenSize);
    add("self_attn.o_proj.weight", hiddenSize, queries);
    add("mlp.gate_proj.weight", intermediateSize, hiddenSize);
    add("mlp.up_proj.weight", intermediateSize, hiddenSize);
    add("mlp.down_proj.weight", hiddenSize, intermediateSize);
    if (spec.modelType === "qwen2") {
      add("self_attn.q_proj.bias", queries);
      add("self_attn.k_proj.bias", keys);
      add("self_attn.v_proj.bias", keys);
    }
  }
  return shapes;
}

/**
 * config.json and model.safetensors.
 * @param change May change values of a tensor before they are stored.
 */
export function randomCheckpoint(
  spec: RandomCheckpoint,
  seed: number,
  change: (name: string, values: Float32Array) => void = () => undefined,
): { readonly config: Record<string, unknown>; readonly weights: Uint8Array } {
  const random = randomNumbers(seed);
  const rows: Record<string, SafetensorsRow> = {};
  const data: Uint8Array[] = [];
  let at = 0;
  for (const [name, shape] of Object.entries(shapesOf(spec))) {
    const [first = 1, columns = 1] = shape;
    const isNorm = name.endsWith("norm.weight");
    const values = Float32Array.from({ length: first * columns }, () =>
      isNorm ? 1 + random() / 4 : random() / Math.sqrt(columns === 1 ? 25 : columns),
    );
    change(name, values);
    const bytes = encode(values, spec.stored);
    rows[name] = { dtype: spec.stored, shape, data_offsets: [at, at + bytes.length] };
    data.push(bytes);
    at += bytes.length;
  }
  const config = {
    model_type: spec.modelType,
    hidden_size: spec.hiddenSize,
    intermediate_size: spec.intermediateSize,
    num_hidden_layers: spec.layers,
    num_attention_heads: spec.heads,
    num_key_value_heads: spec.keyValueHeads,
    ...(spec.headSize === undefined ? {} : { head_dim: spec.headSize }),
    vocab_size: spec.vocabularySize,
    max_position_embeddings: 512,
    rms_norm_eps: 1e-6,
    rope_theta: 10_000,
  };
  return { config, weights: buildSafetensors(rows, concat(...data)) };
}
