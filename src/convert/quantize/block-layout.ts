import type { Bytes } from "../../core/units.ts";
import type { MatrixSource } from "../matrix-source.ts";
import type { Choice } from "./choice.ts";
import { ELEMENT_BYTES, type FloatElement } from "./encode.ts";

/** Wide-tile shaders of ONNX Runtime's WebGPU backend exist for blocks of 32 only. */
export const BLOCK = 32;

/** Bytes of levels, scales and zero points of a matrix in blocks. */
export function blockLengths(
  { rows, columns }: Pick<MatrixSource, "rows" | "columns">,
  bits: Choice["bits"],
  scales: FloatElement,
): readonly [levels: Bytes, scales: Bytes, zeroPoints: Bytes] {
  const blocks = Math.ceil(columns / BLOCK);
  return [
    (rows * blocks * BLOCK * bits) / 8,
    rows * blocks * ELEMENT_BYTES[scales],
    rows * Math.ceil((blocks * bits) / 8),
  ];
}
