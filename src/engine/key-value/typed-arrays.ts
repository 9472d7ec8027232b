/** Tensors over memory of our own. */
import { Tensor } from "@huggingface/transformers";
import type { OrtTensor } from "../session.ts";
import type { CacheShape } from "./cache-shape.ts";

export type CacheArray = Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

/** Zeroed memory for `count` numbers; 16-bit floats are kept as their bits. */
export function allocate({ type }: Pick<CacheShape, "type">, count: number): CacheArray {
  return type === "float32" ? new Float32Array(count) : new Uint16Array(count);
}

/** A tensor that reads, or is written to, `data` where it lies. */
export function tensorOver(
  { type }: Pick<CacheShape, "type">,
  data: CacheArray,
  dims: readonly number[],
): OrtTensor {
  return new Tensor(type, data, [...dims]).ort_tensor;
}

/**
 * What a runtime returned, as it is kept here: browsers with an array of 16-bit floats hand those out as such.
 * `undefined` when it is something else.
 */
export function cacheArrayOf({ type }: Pick<CacheShape, "type">, data: unknown): CacheArray | undefined {
  if (!ArrayBuffer.isView(data) || !(data.buffer instanceof ArrayBuffer)) {
    return undefined;
  }
  const { buffer, byteOffset, byteLength } = data;
  return type === "float32"
    ? new Float32Array(buffer, byteOffset, byteLength / Float32Array.BYTES_PER_ELEMENT)
    : new Uint16Array(buffer, byteOffset, byteLength / Uint16Array.BYTES_PER_ELEMENT);
}
