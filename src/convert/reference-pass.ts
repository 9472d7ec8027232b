/**
 * The checkpoint's own forward pass in float32, for a canary's rewards and for what each column of a matrix is
 * multiplied with. Reads each matrix once, in pieces, so its memory is that of a few activations whatever the
 * size of the model. Written apart from the graph, so that the two check each other.
 */
import { assertDefined, assertNever } from "../core/assert.ts";
import type { Head } from "../core/protocols/protocol.ts";
import type { DecoderPlan } from "./architectures/architecture.ts";
import { checkActivations } from "./check-activations.ts";
import { areFinite, checkFinite } from "./check-finite.ts";
import type { Range } from "./external-data.ts";
import type { MatrixSource, Piece } from "./matrix-source.ts";
import type { FedMatrices } from "./model-writer.ts";
import type { FloatElement } from "./quantize/encode.ts";
import { attend, rotate } from "./reference-attention.ts";
import {
  add,
  energiesOf,
  type Features,
  gatedBySilu,
  type Multiply,
  rootMeanSquareNorm,
} from "./reference-values.ts";
import { growTokenTree, type TokenTree } from "./token-tree.ts";
import type { Weights } from "./weights.ts";

export interface ReferenceRequest {
  readonly plan: DecoderPlan;
  readonly weights: Weights;
  readonly head: Head;
  readonly candidateIds: readonly number[];
  /** Token ids of sequences that do not see one another. */
  readonly sequences: readonly (readonly number[])[];
  /** Type that the converted model computes in, which has to hold these activations. */
  readonly activations: FloatElement;
}

/** Where a pass is, complete enough to go on from. All arrays are `[width, tokens]`. */
export interface ReferenceState {
  /** Attention and feed-forward of each layer in turn, then the head. */
  readonly stage: number;
  /** Residual stream before the stage. */
  readonly hidden: Float32Array;
  /** Results within the stage that are needed again, by name. */
  readonly kept: ReadonlyMap<string, Float32Array>;
}

/** Logits of every token of every sequence, `[sequence][token][width]`. */
export type ReferenceLogits = readonly (readonly (readonly number[])[])[];

function headStage({ plan }: Pick<ReferenceRequest, "plan">): number {
  return 2 * plan.layers;
}

/** Whether a pass of this request can have been where `state` says. */
export function isStateOf(
  { stage, hidden }: ReferenceState,
  request: Pick<ReferenceRequest, "plan" | "sequences">,
): boolean {
  const tokens = growTokenTree(request.sequences).ids.length;
  return stage <= headStage(request) && hidden.length === request.plan.hiddenSize * tokens;
}

export class ReferencePass {
  readonly #request: ReferenceRequest;
  readonly #multiply: Multiply;
  readonly #fed: FedMatrices;
  readonly #tree: TokenTree;
  readonly #tokens: number;
  #stage = 0;
  #hidden: Float32Array | undefined;
  #kept = new Map<string, Float32Array>();

  /**
   * @param fed Whoever wants the matrices' rows as well.
   * @param state Where another pass of the same request was: see `isStateOf`.
   */
  constructor(request: ReferenceRequest, multiply: Multiply, fed: FedMatrices, state?: ReferenceState) {
    this.#request = request;
    this.#multiply = multiply;
    this.#fed = fed;
    this.#tree = growTokenTree(request.sequences);
    this.#tokens = this.#tree.ids.length;
    if (state !== undefined) {
      this.#stage = state.stage;
      this.#hidden = state.hidden;
      this.#kept = new Map(state.kept);
    }
  }

  /** `undefined` before the first stage. */
  get state(): ReferenceState | undefined {
    return this.#hidden && { stage: this.#stage, hidden: this.#hidden, kept: this.#kept };
  }

  /** @throws AppError `malformed-file` | `unsupported-model` | `cancelled` */
  async run(): Promise<ReferenceLogits> {
    this.#hidden ??= await this.#embed();
    while (this.#stage < headStage(this.#request)) {
      const layer = Math.floor(this.#stage / 2);
      const isAttention = this.#stage % 2 === 0;
      const change = isAttention ? await this.#attention(layer) : await this.#feedForward(layer);
      this.#hidden = add(this.#hidden, change.values);
      this.#stage += 1;
      this.#kept.clear();
      checkActivations(this.#hidden, `layer ${layer}`, this.#request.activations);
    }
    const logits = await this.#keep("logits", () => this.#head(), { replacesAll: true });
    const width = logits.length / this.#tokens;
    return this.#tree.sequences.map((nodes) =>
      nodes.map((node) =>
        Array.from({ length: width }, (_, index) => logits[index * this.#tokens + node] as number),
      ),
    );
  }

  /** Computes a result once, also over a resumption. */
  async #keep(
    name: string,
    compute: () => Promise<Features>,
    { replacesAll = false } = {},
  ): Promise<Float32Array> {
    const known = this.#kept.get(name);
    if (known !== undefined) {
      return known;
    }
    const { values } = await compute();
    for (const key of this.#kept.keys()) {
      if (replacesAll || key.startsWith(`${name} `)) {
        this.#kept.delete(key);
      }
    }
    this.#kept.set(name, values);
    return values;
  }

  async #embed(): Promise<Float32Array> {
    const { plan, weights } = this.#request;
    const { hiddenSize, vocabularySize } = plan;
    const table = weights.matrix(`${weights.prefix}embed_tokens.weight`, vocabularySize, hiddenSize);
    const values = new Float32Array(this.#tokens * hiddenSize);
    for (const [token, id] of this.#tree.ids.entries()) {
      for (const [feature, value] of (await table.read(id, 1)).entries()) {
        values[feature * this.#tokens + token] = value;
      }
    }
    checkActivations(values, table.tensor, this.#request.activations);
    return values;
  }

  /** The residual stream, normed. */
  async #norm(name: string): Promise<Features> {
    const { plan, weights } = this.#request;
    const { hiddenSize: width, normEpsilon } = plan;
    const values = await this.#keep(`${name} normed`, async () => {
      const hidden = assertDefined(this.#hidden, "hidden states");
      const scale = await weights.vector(`${weights.prefix}${name}.weight`, width)();
      return { width, values: rootMeanSquareNorm(hidden, scale, normEpsilon) };
    });
    return { width, values };
  }

  /** `W input`, plus the bias of that name where there is one. */
  async #project(name: string, input: Features, rows: number, hasBias = false): Promise<Features> {
    const { weights, activations } = this.#request;
    const matrix = weights.matrix(`${name}.weight`, rows, input.width);
    const values = await this.#keep(name, async () => {
      const product = new Float32Array(rows * this.#tokens);
      for (const part of await this.#fed.partsOf(matrix, input)) {
        product.set(await this.#multiplyPart(name, matrix, part, input), part.first * this.#tokens);
      }
      if (hasBias) {
        const bias = await weights.vector(`${name}.bias`, rows)();
        for (let at = 0; at < product.length; at += 1) {
          const shift = bias[Math.floor(at / this.#tokens)] as number;
          product[at] = (product[at] as number) + shift;
        }
      }
      checkActivations(product, name, activations);
      return { width: rows, values: product };
    });
    return { width: rows, values };
  }

  #multiplyPart(name: string, matrix: MatrixSource, part: Range, input: Features): Promise<Float32Array> {
    const values = new Float32Array(part.count * this.#tokens);
    return this.#stream(matrix, part, input, `${name} ${part.first}`, (product, { first }) => {
      values.set(product, (first - part.first) * this.#tokens);
      return values;
    });
  }

  /**
   * Multiplies rows of a matrix with the input, in pieces, and passes them on to whoever wants them.
   * @param key Names the result, which is kept.
   * @param take Takes the product of a piece and gives what is made of all so far.
   */
  async #stream(
    matrix: MatrixSource,
    { first, count }: Range,
    input: Features,
    key: string,
    take: (product: Float32Array, piece: Piece) => Float32Array,
  ): Promise<Float32Array> {
    const known = this.#kept.get(key);
    if (known !== undefined) {
      return known;
    }
    const feed = await this.#fed.open(matrix, { first, count }, energiesOf(input));
    let made: Float32Array = new Float32Array(0);
    for await (const piece of matrix.pieces(first, count)) {
      const product = await this.#multiply(piece.values, input.values, input.width);
      // A weight that is no finite number makes its row of the product one, too.
      if (!areFinite(product)) {
        checkFinite(piece.values, matrix);
      }
      made = take(product, piece);
      await feed?.push(piece.values, piece.count);
    }
    // Before the feed ends: that may finish a file, and what is kept then must hold what came of these rows.
    this.#kept.set(key, made);
    await feed?.end();
    return made;
  }

  async #attention(layer: number): Promise<Features> {
    const { plan, weights } = this.#request;
    const base = `${weights.prefix}layers.${layer}.self_attn`;
    const [queries, keys] = [plan.heads * plan.headSize, plan.keyValueHeads * plan.headSize];
    const attended = await this.#keep(
      "attended",
      async () => {
        const input = await this.#norm(`layers.${layer}.input_layernorm`);
        const q = await this.#project(`${base}.q_proj`, input, queries, plan.hasQkvBias);
        const k = await this.#project(`${base}.k_proj`, input, keys, plan.hasQkvBias);
        const v = await this.#project(`${base}.v_proj`, input, keys, plan.hasQkvBias);
        const rotated = { q: rotate(q, this.#tree, plan), k: rotate(k, this.#tree, plan) };
        return attend({ ...rotated, v }, this.#tree, plan, this.#multiply);
      },
      { replacesAll: true },
    );
    return this.#project(`${base}.o_proj`, { width: queries, values: attended }, plan.hiddenSize);
  }

  async #feedForward(layer: number): Promise<Features> {
    const { plan, weights, activations } = this.#request;
    const base = `${weights.prefix}layers.${layer}.mlp`;
    const width = plan.intermediateSize;
    const inner = await this.#keep(
      "inner",
      async () => {
        const input = await this.#norm(`layers.${layer}.post_attention_layernorm`);
        const gate = await this.#project(`${base}.gate_proj`, input, width);
        const up = await this.#project(`${base}.up_proj`, input, width);
        const values = gatedBySilu(up.values, gate.values);
        checkActivations(values, `${base}.gate_proj and up_proj`, activations);
        return { width, values };
      },
      { replacesAll: true },
    );
    return this.#project(`${base}.down_proj`, { width, values: inner }, plan.hiddenSize);
  }

  async #head(): Promise<Features> {
    const { head, plan, weights, candidateIds } = this.#request;
    const { hiddenSize, vocabularySize } = plan;
    const normed = await this.#norm("norm");
    const linear = (name: string, input: Features, rows: number) =>
      this.#project(name, input, rows, weights.has(`${name}.bias`));
    switch (head.kind) {
      case "mlp": {
        const inner = await linear(`${head.prefix}.0`, normed, hiddenSize);
        const values = inner.values.map((value) => Math.max(value, 0));
        return linear(`${head.prefix}.2`, { width: hiddenSize, values }, head.outputs);
      }
      case "linear":
        return linear(head.prefix, normed, head.outputs);
      case "lm-rows": {
        const table = weights.languageHead(vocabularySize, hiddenSize);
        const rows = new Float32Array(candidateIds.length * hiddenSize);
        for (const [index, id] of candidateIds.entries()) {
          rows.set(await table.read(id, 1), index * hiddenSize);
        }
        const values = await this.#multiply(rows, normed.values, hiddenSize);
        return { width: candidateIds.length, values };
      }
      case "lm-mean":
        return {
          width: 1,
          values: await this.#mean(weights.languageHead(vocabularySize, hiddenSize), normed),
        };
      case "token-hazard":
        throw new Error("a token-hazard head has no reference pass");
      default:
        return assertNever(head, "head");
    }
  }

  /** The mean of the products with all rows. */
  async #mean(table: MatrixSource, input: Features): Promise<Float32Array> {
    const sums = new Float64Array(this.#tokens);
    return this.#stream(table, { first: 0, count: table.rows }, input, "mean", (product) => {
      for (let at = 0; at < product.length; at += 1) {
        const token = at % this.#tokens;
        sums[token] = (sums[token] as number) + (product[at] as number);
      }
      return Float32Array.from(sums, (sum) => sum / table.rows);
    });
  }
}
