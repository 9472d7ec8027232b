/**
 * The backbone: fused operators as ONNX Runtime has them, with past and present key-value caches under the
 * names transformers.js looks for. One graph for every backend.
 */
import type { DecoderPlan } from "./architectures/architecture.ts";
import type { Choices } from "./quantize/choice.ts";
import type { Linear } from "./quantize/choose.ts";
import { ELEMENT_BYTES, encodeFloats } from "./quantize/encode.ts";
import type { Scheme, SchemeTarget } from "./quantize/scheme.ts";
import { ropeTables } from "./rope.ts";
import type { Weights } from "./weights.ts";

export interface DecoderOptions {
  readonly plan: DecoderPlan;
  readonly scheme: Scheme;
  readonly weights: Weights;
  /** Length of the rope tables: the longest input the model will take. */
  readonly context: number;
  /** What is known by now of how matrices are stored. */
  readonly choices: Choices;
}

/** transformers.js resolves the shapes of an empty cache from these names. */
const BATCH = "batch_size";
const SEQUENCE = "sequence_length";
const PAST = "past_sequence_length";
const TOTAL = "total_sequence_length";

export class DecoderGraph {
  readonly #options: DecoderOptions;
  readonly #target: SchemeTarget;
  readonly #linears: Linear[] = [];

  constructor(target: SchemeTarget, options: DecoderOptions) {
    this.#target = target;
    this.#options = options;
  }

  /** The linear layers added. */
  get linears(): readonly Linear[] {
    return this.#linears;
  }

  /** Adds the whole backbone and returns the name of the normed hidden states `[1, tokens, hidden]`. */
  build(): string {
    const { plan, scheme, weights } = this.#options;
    const { graph } = this.#target;
    const ids = graph.input("input_ids", "int64", [BATCH, SEQUENCE]);
    const mask = graph.input("attention_mask", "int64", [BATCH, TOTAL]);
    const table = weights.matrix(
      `${weights.prefix}embed_tokens.weight`,
      plan.vocabularySize,
      plan.hiddenSize,
    );
    let hidden = scheme.embedding(this.#target, "embed_tokens", ids, table);
    const lengths = this.#addLengths(mask);
    const rope = this.#addRope();
    let normed = graph.node(
      "SimplifiedLayerNormalization",
      [hidden, this.#norm("layers.0.input_layernorm")],
      ["layers.0.normed"],
      { axis: -1, epsilon: { float: plan.normEpsilon }, stash_type: 1 },
    );
    for (let layer = 0; layer < plan.layers; layer += 1) {
      ({ hidden, normed } = this.#addLayer(layer, hidden, normed, { ...lengths, ...rope }));
    }
    return normed;
  }

  /** What GroupQueryAttention wants: last index of the whole, and its length. */
  #addLengths(mask: string): { readonly lastIndex: string; readonly totalLength: string } {
    const { graph } = this.#target;
    const one = graph.constant("one", "int64", [1]);
    const sum = graph.node("ReduceSum", [mask, one], ["mask.sum"], { keepdims: 0 });
    const last = graph.node("Sub", [sum, one], ["mask.last"]);
    const lastIndex = graph.node("Cast", [last], ["seqlens_k"], { to: 6 });
    const shape = graph.node("Shape", [mask], ["mask.shape"]);
    const width = graph.node("Gather", [shape, one], ["mask.width"], { axis: 0 });
    const totalLength = graph.node("Cast", [width], ["total_length"], { to: 6 });
    return { lastIndex, totalLength };
  }

  #addRope(): { readonly cos: string; readonly sin: string } {
    const { plan, context, scheme } = this.#options;
    const { graph, data } = this.#target;
    const dims = [context, plan.headSize / 2];
    const length = context * (plan.headSize / 2) * ELEMENT_BYTES[scheme.activations];
    const [cos, sin] = data.add([length, length], {
      kind: "bytes",
      produce: async () => {
        const tables = ropeTables(plan, context);
        return [tables.cos, tables.sin].map((table) => encodeFloats(table, scheme.activations, "rope"));
      },
    });
    return {
      cos: graph.weight("cos", scheme.activations, dims, cos),
      sin: graph.weight("sin", scheme.activations, dims, sin),
    };
  }

  #vector(name: string, length: number): string {
    const { scheme, weights } = this.#options;
    const { graph, data } = this.#target;
    const tensor = weights.prefix + name;
    const read = weights.vector(tensor, length);
    const [place] = data.add([length * ELEMENT_BYTES[scheme.activations]], {
      kind: "bytes",
      produce: async () => [encodeFloats(await read(), scheme.activations, tensor)],
    });
    return graph.weight(name, scheme.activations, [length], place);
  }

  #norm(name: string): string {
    return this.#vector(`${name}.weight`, this.#options.plan.hiddenSize);
  }

  #linear(
    name: string,
    input: string,
    rows: number,
    columns: number,
    { hasBias = false, isValues = false } = {},
  ): string {
    const { scheme, weights, choices } = this.#options;
    const matrix = weights.matrix(`${weights.prefix}${name}.weight`, rows, columns);
    this.#linears.push({ matrix, isValues });
    const product = scheme.linear(this.#target, name, input, matrix, choices.get(matrix.tensor));
    return hasBias
      ? this.#target.graph.node("Add", [product, this.#vector(`${name}.bias`, rows)], [`${name}.biased`])
      : product;
  }

  #addLayer(
    layer: number,
    hidden: string,
    normed: string,
    shared: {
      readonly lastIndex: string;
      readonly totalLength: string;
      readonly cos: string;
      readonly sin: string;
    },
  ): { hidden: string; normed: string } {
    const { plan } = this.#options;
    const { graph } = this.#target;
    const base = `layers.${layer}`;
    const attended = this.#addAttention(layer, normed, shared);
    const afterAttention = this.#addAndNorm(
      `${base}.attended`,
      hidden,
      attended,
      this.#norm(`${base}.post_attention_layernorm`),
    );
    const gate = this.#linear(
      `${base}.mlp.gate_proj`,
      afterAttention.normed,
      plan.intermediateSize,
      plan.hiddenSize,
    );
    const up = this.#linear(
      `${base}.mlp.up_proj`,
      afterAttention.normed,
      plan.intermediateSize,
      plan.hiddenSize,
    );
    const sigmoid = graph.node("Sigmoid", [gate], [`${base}.mlp.sigmoid`]);
    const silu = graph.node("Mul", [gate, sigmoid], [`${base}.mlp.silu`]);
    const inner = graph.node("Mul", [silu, up], [`${base}.mlp.inner`]);
    const down = this.#linear(`${base}.mlp.down_proj`, inner, plan.hiddenSize, plan.intermediateSize);
    const nextNorm = layer + 1 < plan.layers ? `layers.${layer + 1}.input_layernorm` : "norm";
    return this.#addAndNorm(`${base}.fed`, afterAttention.hidden, down, this.#norm(nextNorm));
  }

  /** Residual sum and the norm after it, fused: a norm in single steps overflows in 16 bits. */
  #addAndNorm(
    name: string,
    residual: string,
    added: string,
    norm: string,
  ): { hidden: string; normed: string } {
    const { graph } = this.#target;
    const hidden = `${name}.sum`;
    const epsilon = { float: this.#options.plan.normEpsilon };
    const normed = graph.contrib(
      "SkipSimplifiedLayerNormalization",
      [residual, added, norm],
      [`${name}.normed`, "", "", hidden],
      { epsilon },
    );
    return { hidden, normed };
  }

  #addAttention(
    layer: number,
    normed: string,
    {
      lastIndex,
      totalLength,
      cos,
      sin,
    }: { lastIndex: string; totalLength: string; cos: string; sin: string },
  ): string {
    const { plan, scheme } = this.#options;
    const { graph } = this.#target;
    const base = `layers.${layer}.self_attn`;
    const [queries, keys] = [plan.heads * plan.headSize, plan.keyValueHeads * plan.headSize];
    const hasBias = plan.hasQkvBias;
    const q = this.#linear(`${base}.q_proj`, normed, queries, plan.hiddenSize, { hasBias });
    const k = this.#linear(`${base}.k_proj`, normed, keys, plan.hiddenSize, { hasBias });
    const v = this.#linear(`${base}.v_proj`, normed, keys, plan.hiddenSize, { hasBias, isValues: true });
    const cache = (side: "key" | "value") => {
      const past = [BATCH, plan.keyValueHeads, PAST, plan.headSize];
      graph.output(`present.${layer}.${side}`, scheme.activations, [
        BATCH,
        plan.keyValueHeads,
        TOTAL,
        plan.headSize,
      ]);
      return graph.input(`past_key_values.${layer}.${side}`, scheme.activations, past);
    };
    const attended = graph.contrib(
      "GroupQueryAttention",
      [q, k, v, cache("key"), cache("value"), lastIndex, totalLength, cos, sin],
      [`${base}.out`, `present.${layer}.key`, `present.${layer}.value`],
      {
        num_heads: plan.heads,
        kv_num_heads: plan.keyValueHeads,
        do_rotary: 1,
        rotary_interleaved: 0,
        scale: { float: 1 / Math.sqrt(plan.headSize) },
        ...(plan.slidingWindow === undefined ? {} : { local_window_size: plan.slidingWindow }),
      },
    );
    return this.#linear(`${base}.o_proj`, attended, plan.hiddenSize, queries);
  }
}
