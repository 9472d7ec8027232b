/** Rotary positions and causal attention in plain loops, for the reference pass. */
import type { DecoderPlan } from "./architectures/architecture.ts";
import { ropeTables } from "./rope.ts";
import type { TokenTree } from "./token-tree.ts";

/** Activations `[width, tokens]`: the values of one feature lie together. */
export interface Features {
  readonly width: number;
  readonly values: Float32Array;
}

/** Every head rotated by the positions of the tokens: the two halves of a head are one pair. */
export function rotate({ width, values }: Features, { paths }: TokenTree, plan: DecoderPlan): Features {
  const { headSize } = plan;
  const half = headSize / 2;
  const tokens = paths.length;
  const { cos, sin } = ropeTables(plan, Math.max(...paths.map(({ length }) => length)));
  const rotated = new Float32Array(values.length);
  for (let head = 0; head < width; head += headSize) {
    for (let index = 0; index < half; index += 1) {
      const first = (head + index) * tokens;
      const second = (head + half + index) * tokens;
      for (const [token, path] of paths.entries()) {
        const at = (path.length - 1) * half + index;
        const [c, s] = [cos[at] ?? 0, sin[at] ?? 0];
        const [a, b] = [values[first + token] ?? 0, values[second + token] ?? 0];
        rotated[first + token] = a * c - b * s;
        rotated[second + token] = b * c + a * s;
      }
    }
  }
  return { width, values: rotated };
}

/** Causal attention of every token to those on its path. */
export function attend(
  { q, k, v }: { readonly q: Features; readonly k: Features; readonly v: Features },
  { paths }: TokenTree,
  { heads, keyValueHeads, headSize, slidingWindow }: DecoderPlan,
): Features {
  const tokens = paths.length;
  const out = new Float32Array(q.values.length);
  const scale = 1 / Math.sqrt(headSize);
  for (let head = 0; head < heads; head += 1) {
    const queryAt = head * headSize;
    const keyAt = Math.floor(head / (heads / keyValueHeads)) * headSize;
    for (const [token, path] of paths.entries()) {
      const seen = slidingWindow === undefined ? path : path.slice(-slidingWindow);
      const weights = softmax(
        scoresOf(q.values, k.values, { queryAt, keyAt, token, seen, tokens, headSize }, scale),
      );
      for (let feature = 0; feature < headSize; feature += 1) {
        const from = (keyAt + feature) * tokens;
        let sum = 0;
        for (let index = 0; index < seen.length; index += 1) {
          sum += (weights[index] as number) * (v.values[from + (seen[index] as number)] as number);
        }
        out[(queryAt + feature) * tokens + token] = sum;
      }
    }
  }
  return { width: q.width, values: out };
}

interface Query {
  readonly queryAt: number;
  readonly keyAt: number;
  readonly token: number;
  readonly seen: readonly number[];
  readonly tokens: number;
  readonly headSize: number;
}

function scoresOf(
  q: Float32Array,
  k: Float32Array,
  { queryAt, keyAt, token, seen, tokens, headSize }: Query,
  scale: number,
): Float64Array {
  const scores = new Float64Array(seen.length);
  for (let feature = 0; feature < headSize; feature += 1) {
    const query = (q[(queryAt + feature) * tokens + token] as number) * scale;
    const from = (keyAt + feature) * tokens;
    for (let index = 0; index < seen.length; index += 1) {
      const key = k[from + (seen[index] as number)] as number;
      scores[index] = (scores[index] as number) + query * key;
    }
  }
  return scores;
}

function softmax(scores: Float64Array): Float64Array {
  const top = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  const powers = scores.map((score) => Math.exp(score - top));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
