/**
 * The checkpoint's own forward pass in float32, for a canary's rewards: reads each matrix once, in pieces, so
 * its memory is that of a few activations whatever the size of the model. Written apart from the graph, so
 * that the two check each other.
 */
import { assertDefined, assertNever } from "../core/assert.ts";
import type { Head } from "../core/protocols/protocol.ts";
import type { DecoderPlan } from "./architectures/architecture.ts";
import { type MatrixSource, pieces } from "./quantize/scheme.ts";
import { ropeTables } from "./rope.ts";
import type { Weights } from "./weights.ts";

/** `a b^T`: a is `[n, k]`, b is `[t, k]`, the result `[n, t]`, all row-major float32. */
export type Multiply = (a: Float32Array, b: Float32Array, k: number) => Promise<Float32Array>;

export interface ReferenceRequest {
  readonly plan: DecoderPlan;
  readonly weights: Weights;
  readonly head: Head;
  readonly candidateIds: readonly number[];
  /** Token ids of sequences that do not see one another. */
  readonly sequences: readonly (readonly number[])[];
}

/** Activations of all tokens of all sequences, `[tokens, width]`. */
interface Rows {
  readonly width: number;
  readonly values: Float32Array;
}

function rowOf({ values, width }: Rows, token: number): Float32Array {
  return values.subarray(token * width, (token + 1) * width);
}

class ReferencePass {
  readonly #request: ReferenceRequest;
  readonly #multiply: Multiply;
  readonly #tokens: number;

  constructor(request: ReferenceRequest, multiply: Multiply) {
    this.#request = request;
    this.#multiply = multiply;
    this.#tokens = request.sequences.reduce((sum, ids) => sum + ids.length, 0);
  }

  async run(): Promise<Rows> {
    const { plan, weights } = this.#request;
    let hidden = await this.#embed();
    for (let layer = 0; layer < plan.layers; layer += 1) {
      const base = `${weights.prefix}layers.${layer}`;
      const attended = await this.#attend(base, await this.#norm(`${base}.input_layernorm`, hidden));
      hidden = add(hidden, attended);
      const fed = await this.#feedForward(
        `${base}.mlp`,
        await this.#norm(`${base}.post_attention_layernorm`, hidden),
      );
      hidden = add(hidden, fed);
    }
    return this.#head(await this.#norm(`${weights.prefix}norm`, hidden));
  }

  async #embed(): Promise<Rows> {
    const { plan, weights, sequences } = this.#request;
    const table = weights.matrix(
      `${weights.prefix}embed_tokens.weight`,
      plan.vocabularySize,
      plan.hiddenSize,
    );
    const values = new Float32Array(this.#tokens * plan.hiddenSize);
    for (const [token, id] of sequences.flat().entries()) {
      values.set(await table.read(id, 1), token * plan.hiddenSize);
    }
    return { width: plan.hiddenSize, values };
  }

  async #norm(name: string, input: Rows): Promise<Rows> {
    const { plan, weights } = this.#request;
    const scale = await weights.vector(`${name}.weight`, input.width);
    const values = new Float32Array(input.values.length);
    for (let token = 0; token < this.#tokens; token += 1) {
      const from = token * input.width;
      const squares = dot(input.values, from, input.values, from, input.width);
      const factor = 1 / Math.sqrt(squares / input.width + plan.normEpsilon);
      for (let column = 0; column < input.width; column += 1) {
        values[from + column] = (input.values[from + column] as number) * factor * (scale[column] as number);
      }
    }
    return { width: input.width, values };
  }

  /** `input W^T`, plus the bias of that name where there is one. */
  async #linear(matrix: MatrixSource, input: Rows, bias?: Float32Array): Promise<Rows> {
    const values = new Float32Array(this.#tokens * matrix.rows);
    for await (const { first, count, values: rows } of pieces(matrix)) {
      const product = await this.#multiply(rows, input.values, input.width);
      for (let row = 0; row < count; row += 1) {
        const shift = bias?.[first + row] ?? 0;
        for (let token = 0; token < this.#tokens; token += 1) {
          values[token * matrix.rows + first + row] = (product[row * this.#tokens + token] as number) + shift;
        }
      }
    }
    return { width: matrix.rows, values };
  }

  async #project(name: string, input: Rows, rows: number, hasBias = false): Promise<Rows> {
    const { weights } = this.#request;
    const bias = hasBias ? await weights.vector(`${name}.bias`, rows) : undefined;
    return this.#linear(weights.matrix(`${name}.weight`, rows, input.width), input, bias);
  }

  async #feedForward(base: string, input: Rows): Promise<Rows> {
    const { plan } = this.#request;
    const gate = await this.#project(`${base}.gate_proj`, input, plan.intermediateSize);
    const up = await this.#project(`${base}.up_proj`, input, plan.intermediateSize);
    const inner = gate.values.map(
      (value, index) => (value / (1 + Math.exp(-value))) * (up.values[index] ?? 0),
    );
    return this.#project(`${base}.down_proj`, { width: gate.width, values: inner }, plan.hiddenSize);
  }

  async #attend(base: string, input: Rows): Promise<Rows> {
    const { plan, sequences } = this.#request;
    const attention = `${base}.self_attn`;
    const keyWidth = plan.keyValueHeads * plan.headSize;
    const q = await this.#project(`${attention}.q_proj`, input, plan.heads * plan.headSize, plan.hasQkvBias);
    const k = await this.#project(`${attention}.k_proj`, input, keyWidth, plan.hasQkvBias);
    const v = await this.#project(`${attention}.v_proj`, input, keyWidth, plan.hasQkvBias);
    const out: Rows = { width: q.width, values: new Float32Array(q.values.length) };
    let first = 0;
    for (const { length } of sequences) {
      rotate(q, first, length, plan);
      rotate(k, first, length, plan);
      attendSequence({ q, k, v, out }, first, length, plan);
      first += length;
    }
    return this.#project(`${attention}.o_proj`, out, plan.hiddenSize);
  }

  async #head(normed: Rows): Promise<Rows> {
    const { head, plan, weights, candidateIds } = this.#request;
    const linear = async (name: string, input: Rows, rows: number) =>
      this.#project(name, input, rows, weights.has(`${name}.bias`));
    switch (head.kind) {
      case "mlp": {
        const inner = await linear(`${head.prefix}.0`, normed, plan.hiddenSize);
        const relu = { width: inner.width, values: inner.values.map((value) => Math.max(value, 0)) };
        return linear(`${head.prefix}.2`, relu, head.outputs);
      }
      case "linear":
        return linear(head.prefix, normed, head.outputs);
      case "lm-rows": {
        const table = weights.languageHead(plan.vocabularySize, plan.hiddenSize);
        const read = (first: number) => table.read(assertDefined(candidateIds[first], "candidate"), 1);
        return this.#linear(
          {
            rows: candidateIds.length,
            columns: plan.hiddenSize,
            read: async (first, count) => {
              const rows = new Float32Array(count * plan.hiddenSize);
              for (let row = 0; row < count; row += 1) {
                rows.set(await read(first + row), row * plan.hiddenSize);
              }
              return rows;
            },
          },
          normed,
        );
      }
      case "lm-mean": {
        const all = await this.#linear(weights.languageHead(plan.vocabularySize, plan.hiddenSize), normed);
        const means = Array.from({ length: this.#tokens }, (_, token) => {
          const row = rowOf(all, token);
          return row.reduce((sum, value) => sum + value, 0) / row.length;
        });
        return { width: 1, values: Float32Array.from(means) };
      }
      case "token-hazard":
        throw new Error("a token-hazard head has no reference pass");
      default:
        return assertNever(head, "head");
    }
  }
}

function add(a: Rows, b: Rows): Rows {
  return { width: a.width, values: a.values.map((value, index) => value + (b.values[index] ?? 0)) };
}

/** Rotary position embedding of the tokens of one sequence, in place: the two halves of a head are one pair. */
function rotate(rows: Rows, first: number, length: number, plan: DecoderPlan): void {
  const { cos, sin } = ropeTables(plan, length);
  const half = plan.headSize / 2;
  for (let position = 0; position < length; position += 1) {
    const row = rowOf(rows, first + position);
    for (let head = 0; head < rows.width; head += plan.headSize) {
      for (let index = 0; index < half; index += 1) {
        const [a, b] = [row[head + index] ?? 0, row[head + half + index] ?? 0];
        const [c, s] = [cos[position * half + index] ?? 0, sin[position * half + index] ?? 0];
        row[head + index] = a * c - b * s;
        row[head + half + index] = b * c + a * s;
      }
    }
  }
}

function dot(a: Float32Array, aFrom: number, b: Float32Array, bFrom: number, length: number): number {
  let sum = 0;
  for (let index = 0; index < length; index += 1) {
    sum += (a[aFrom + index] as number) * (b[bFrom + index] as number);
  }
  return sum;
}

/** Causal attention within one sequence. Plain loops: this is the one part that is quadratic in the tokens. */
function attendSequence(
  { q, k, v, out }: { readonly q: Rows; readonly k: Rows; readonly v: Rows; readonly out: Rows },
  first: number,
  length: number,
  { heads, keyValueHeads, headSize, slidingWindow }: DecoderPlan,
): void {
  const scale = 1 / Math.sqrt(headSize);
  const weights = new Float64Array(length);
  for (let head = 0; head < heads; head += 1) {
    const queryAt = head * headSize;
    const keyAt = Math.floor(head / (heads / keyValueHeads)) * headSize;
    for (let position = 0; position < length; position += 1) {
      const start = slidingWindow === undefined ? 0 : Math.max(0, position - slidingWindow + 1);
      const queryFrom = (first + position) * q.width + queryAt;
      let top = Number.NEGATIVE_INFINITY;
      for (let other = start; other <= position; other += 1) {
        const score = dot(q.values, queryFrom, k.values, (first + other) * k.width + keyAt, headSize) * scale;
        weights[other] = score;
        top = Math.max(top, score);
      }
      let total = 0;
      for (let other = start; other <= position; other += 1) {
        const weight = Math.exp((weights[other] as number) - top);
        weights[other] = weight;
        total += weight;
      }
      for (let other = start; other <= position; other += 1) {
        const weight = (weights[other] as number) / total;
        const from = (first + other) * v.width + keyAt;
        for (let column = 0; column < headSize; column += 1) {
          out.values[queryFrom + column] =
            (out.values[queryFrom + column] as number) + weight * (v.values[from + column] as number);
        }
      }
    }
  }
}

/**
 * Logits of every token of every sequence, `[sequence][token][width]`.
 * @throws AppError `malformed-file` when a tensor is missing or of another shape; `cancelled`.
 */
export async function referenceLogits(
  request: ReferenceRequest,
  multiply: Multiply,
): Promise<readonly (readonly (readonly number[])[])[]> {
  const rows = await new ReferencePass(request, multiply).run();
  let first = 0;
  return request.sequences.map(({ length }) => {
    const logits = Array.from({ length }, (_, index) => Array.from(rowOf(rows, first + index)));
    first += length;
    return logits;
  });
}
