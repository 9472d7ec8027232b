/** A GroupQueryAttention node, read and checked. */
import { ELEMENT } from "../convert/onnx-graph.ts";
import type { GraphEdit, GraphNode } from "./graph-edit.ts";
import type { CacheShape } from "./kernel-set.ts";
import { floatOf, inputOf, intOf, malformedNode, unsupportedNode } from "./node-form.ts";

export interface AttentionForm {
  /** `[1, tokens, heads * headDim]`; with the keys and values behind them when those are `undefined`. */
  readonly query: string;
  readonly keyValue: { readonly key: string; readonly value: string } | undefined;
  readonly past: { readonly key: string; readonly value: string };
  readonly present: { readonly key: string; readonly value: string };
  readonly output: string;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
  readonly type: CacheShape["type"];
  readonly scale: number;
  /** Tables `[positions, width / 2]`; only the first `width` of a head are rotated. */
  readonly rotary:
    | { readonly cos: string; readonly sin: string; readonly isInterleaved: boolean; readonly width: number }
    | undefined;
  /** Tokens seen, the one that sees them counted; all before it when `undefined`. */
  readonly window: number | undefined;
}

/** Attributes read here. */
const READ = new Set([
  "num_heads",
  "kv_num_heads",
  "scale",
  "do_rotary",
  "rotary_interleaved",
  "local_window_size",
]);

/** Attributes that say nothing when they have this value. */
const WITHOUT_EFFECT: Readonly<Record<string, number>> = { softcap: 0, smooth_softmax: 0, qk_output: 0 };

/** Query, key, value, both pasts, both lengths, both rope tables. */
const KNOWN_INPUTS = 9;

/** Attended values, both presents. */
const KNOWN_OUTPUTS = 3;

function checkIsKnown(node: GraphNode): void {
  for (const { name, f, i } of node.attribute ?? []) {
    const neutral = WITHOUT_EFFECT[name ?? ""];
    const isNeutral = neutral !== undefined && (f || Number(i ?? 0)) === neutral;
    if (!READ.has(name ?? "") && !isNeutral) {
      throw unsupportedNode(node, `has the attribute ${name}, which is not known here`);
    }
  }
  const extra = (node.input ?? []).findIndex((name, index) => index >= KNOWN_INPUTS && name !== "");
  if (extra >= 0) {
    throw unsupportedNode(node, `has an input ${extra}, which is not known here`);
  }
  if ((node.output ?? []).some((name, index) => index >= KNOWN_OUTPUTS && name !== "")) {
    throw unsupportedNode(node, `has more than ${KNOWN_OUTPUTS} outputs`);
  }
}

/** One side of the cache, of which nobody else may know the layout. */
function cacheOf(graph: GraphEdit, node: GraphNode, side: number) {
  const past = inputOf(node, 3 + side);
  const present = node.output?.[1 + side];
  const info = past === undefined ? undefined : graph.input(past);
  if (past === undefined || !present || info === undefined || graph.output(present) === undefined) {
    throw unsupportedNode(node, "keeps no keys and values among the graph's inputs and outputs");
  }
  if (graph.uses(past) > 1 || graph.uses(present) > 0) {
    throw unsupportedNode(node, "shares its keys and values with another node");
  }
  const type = info.type?.tensorType;
  const dims = (type?.shape?.dim ?? []).map(({ dimValue }) => Number(dimValue ?? 0));
  return { past, present, elemType: type?.elemType, kvHeads: dims[1], headDim: dims[3], rank: dims.length };
}

/** The rope tables. */
function rotaryOf(graph: GraphEdit, node: GraphNode, headDim: number): AttentionForm["rotary"] {
  const doRotary = intOf(node, "do_rotary", 0);
  if (doRotary === 0) {
    return undefined;
  }
  const [cos, sin] = [inputOf(node, 7), inputOf(node, 8)];
  const half = Number(graph.initializer(cos)?.dims?.[1] ?? 0);
  if (doRotary !== 1 || cos === undefined || sin === undefined || half === 0) {
    throw malformedNode(node, "rotates without tables of cosines and sines");
  }
  if (2 * half > headDim || Number(graph.initializer(sin)?.dims?.[1] ?? 0) !== half) {
    throw malformedNode(node, `rotates heads of ${headDim} by tables that are ${half} wide`);
  }
  return { cos, sin, isInterleaved: intOf(node, "rotary_interleaved", 0) === 1, width: 2 * half };
}

/** @throws AppError `malformed-file` | `unsupported-model`, naming the node. */
export function attentionForm(graph: GraphEdit, node: GraphNode): AttentionForm {
  checkIsKnown(node);
  const heads = intOf(node, "num_heads", 0);
  const kvHeads = intOf(node, "kv_num_heads", 0);
  const [keys, values] = [cacheOf(graph, node, 0), cacheOf(graph, node, 1)];
  const { headDim = 0, elemType } = keys;
  if (kvHeads < 1 || heads < 1 || heads % kvHeads !== 0) {
    throw malformedNode(node, `has ${heads} heads that share ${kvHeads}`);
  }
  for (const one of [keys, values]) {
    if (one.rank !== 4 || one.kvHeads !== kvHeads || !(headDim > 0) || one.headDim !== headDim) {
      throw malformedNode(node, `has ${kvHeads} heads of keys and values, and its cache has another shape`);
    }
  }
  if ((elemType !== ELEMENT.float && elemType !== ELEMENT.float16) || values.elemType !== elemType) {
    throw unsupportedNode(node, "keeps keys and values that are neither float32 nor float16");
  }
  const [query, key, value] = [inputOf(node, 0), inputOf(node, 1), inputOf(node, 2)];
  const output = node.output?.[0];
  if (query === undefined || !output || (key === undefined) !== (value === undefined)) {
    throw malformedNode(node, "lacks an input or its output");
  }
  const window = intOf(node, "local_window_size", -1);
  return {
    query,
    keyValue: key === undefined || value === undefined ? undefined : { key, value },
    past: { key: keys.past, value: values.past },
    present: { key: keys.present, value: values.present },
    output,
    heads,
    kvHeads,
    headDim,
    type: elemType === ELEMENT.float ? "float32" : "float16",
    scale: floatOf(node, "scale") || 1 / Math.sqrt(headDim),
    rotary: rotaryOf(graph, node, headDim),
    window: window > 0 ? window : undefined,
  };
}
