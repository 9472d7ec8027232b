/** The key-value cache, as the inputs of a converted graph describe it. */
import onnxProto from "onnx-proto";
import { ELEMENT } from "../convert/onnx-graph.ts";
import { AppError } from "../core/errors.ts";
import type { CacheShape } from "./kernel-set.ts";

type ValueInfo = onnxProto.onnx.IValueInfoProto;

const PAST = /^past_key_values\.(\d+)\.(key|value)$/;

function typeOf({ name, type }: ValueInfo): Omit<CacheShape, "layers"> {
  const tensor = type?.tensorType;
  const dims = (tensor?.shape?.dim ?? []).map(({ dimValue }) => Number(dimValue ?? 0));
  const [, kvHeads = 0, , headDim = 0] = dims;
  const isHalf = tensor?.elemType === ELEMENT.float16;
  if (dims.length !== 4 || !(kvHeads > 0 && headDim > 0) || !(isHalf || tensor?.elemType === ELEMENT.float)) {
    throw new AppError("unsupported-model", `input ${name} is no cache [1, heads, tokens, size] of floats`);
  }
  return { kvHeads, headDim, type: isHalf ? "float16" : "float32" };
}

/** @throws AppError `unsupported-model` when there is no cache, or layers differ in it. */
export function cacheShapeIn(inputs: readonly ValueInfo[]): CacheShape {
  const pasts = inputs.filter(({ name }) => PAST.test(name ?? ""));
  const [first] = pasts;
  if (first === undefined) {
    throw new AppError("unsupported-model", "the graph has no inputs past_key_values.N.key and .value");
  }
  const layers = pasts.length / 2;
  const names = new Set(pasts.map(({ name }) => name));
  for (let layer = 0; layer < layers; layer += 1) {
    for (const name of [`past_key_values.${layer}.key`, `past_key_values.${layer}.value`]) {
      if (!names.has(name)) {
        throw new AppError(
          "unsupported-model",
          `the graph has ${pasts.length} inputs of a cache, and no ${name}`,
        );
      }
    }
  }
  const shape = typeOf(first);
  for (const one of pasts) {
    const { kvHeads, headDim, type } = typeOf(one);
    if (kvHeads !== shape.kvHeads || headDim !== shape.headDim || type !== shape.type) {
      throw new AppError("unsupported-model", `input ${one.name} has another shape than ${first.name}`);
    }
  }
  return { layers, ...shape };
}

/** The cache of a graph that was not rewritten. @throws AppError `malformed-file` | `unsupported-model` */
export function cacheShapeOf(graph: Uint8Array): CacheShape {
  let inputs: readonly ValueInfo[];
  try {
    inputs = onnxProto.onnx.ModelProto.decode(graph).graph?.input ?? [];
  } catch (cause) {
    throw new AppError("malformed-file", "the graph is not an ONNX model", {}, cause);
  }
  return cacheShapeIn(inputs);
}
