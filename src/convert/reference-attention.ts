/** Rotary positions and causal attention of the reference pass. */
import type { DecoderPlan } from "./architectures/architecture.ts";
import type { Features, Multiply } from "./reference-values.ts";
import { ropeTables } from "./rope.ts";
import type { TokenTree } from "./token-tree.ts";

/** Every head rotated by the positions of the tokens: the two halves of a head are one pair. */
export function rotate({ width, values }: Features, { paths }: TokenTree, plan: DecoderPlan): Features {
  const { headSize } = plan;
  const half = headSize / 2;
  const tokens = paths.length;
  const positions = paths.map(({ length }) => length - 1);
  const { cos, sin } = ropeTables(plan, Math.max(...positions) + 1);
  const rotated = new Float32Array(values.length);
  for (let head = 0; head < width; head += headSize) {
    for (let index = 0; index < half; index += 1) {
      const first = (head + index) * tokens;
      const second = (head + half + index) * tokens;
      for (let token = 0; token < tokens; token += 1) {
        const at = (positions[token] as number) * half + index;
        const c = cos[at] as number;
        const s = sin[at] as number;
        const a = values[first + token] as number;
        const b = values[second + token] as number;
        rotated[first + token] = a * c - b * s;
        rotated[second + token] = b * c + a * s;
      }
    }
  }
  return { width, values: rotated };
}

/** Causal attention of every token to those on its path; heads that share keys and values are one product. */
export async function attend(
  { q, k, v }: { readonly q: Features; readonly k: Features; readonly v: Features },
  { paths }: TokenTree,
  { heads, keyValueHeads, headSize, slidingWindow }: DecoderPlan,
  multiply: Multiply,
): Promise<Features> {
  const tokens = paths.length;
  const seen = paths.map((path) => (slidingWindow === undefined ? path : path.slice(-slidingWindow)));
  const out = new Float32Array(q.values.length);
  const group = heads / keyValueHeads;
  const headValues = headSize * tokens;
  for (let shared = 0; shared < keyValueHeads; shared += 1) {
    const keys = k.values.subarray(shared * headValues, (shared + 1) * headValues);
    const values = v.values.subarray(shared * headValues, (shared + 1) * headValues);
    const first = shared * group * headValues;
    const queries = new Float32Array(group * headValues);
    for (let head = 0; head < group; head += 1) {
      const from = first + head * headValues;
      queries.set(transpose(q.values.subarray(from, from + headValues), tokens), head * headValues);
    }
    // `[group * tokens, tokens]`: each row the scores of one token in one head.
    const scores = await multiply(queries, keys, headSize);
    const weights = softmaxOverPaths(scores, seen, 1 / Math.sqrt(headSize));
    const attended = await multiply(values, transpose(weights, tokens), tokens);
    // `[headSize, group * tokens]`: a head's columns go to the head's rows.
    for (let row = 0; row < headSize; row += 1) {
      for (let head = 0; head < group; head += 1) {
        const from = (row * group + head) * tokens;
        out.set(attended.subarray(from, from + tokens), first + head * headValues + row * tokens);
      }
    }
  }
  return { width: q.width, values: out };
}

/** `[rows, columns]` to `[columns, rows]`. */
function transpose(values: Float32Array, columns: number): Float32Array {
  const rows = values.length / columns;
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      turned[column * rows + row] = values[row * columns + column] as number;
    }
  }
  return turned;
}

/** Softmax of each row over the tokens its own token sees; nothing for the others. */
function softmaxOverPaths(
  scores: Float32Array,
  seen: readonly (readonly number[])[],
  scale: number,
): Float32Array {
  const tokens = seen.length;
  const weights = new Float32Array(scores.length);
  for (let row = 0; row * tokens < scores.length; row += 1) {
    const others = seen[row % tokens] ?? [];
    const from = row * tokens;
    let top = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < others.length; index += 1) {
      top = Math.max(top, scores[from + (others[index] as number)] as number);
    }
    let total = 0;
    for (let index = 0; index < others.length; index += 1) {
      const at = from + (others[index] as number);
      const power = Math.exp(((scores[at] as number) - top) * scale);
      weights[at] = power;
      total += power;
    }
    for (let index = 0; index < others.length; index += 1) {
      const at = from + (others[index] as number);
      weights[at] = (weights[at] as number) / total;
    }
  }
  return weights;
}
