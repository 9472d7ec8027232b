/** Floats as they lie in the file. */
import { AppError } from "../../core/errors.ts";
import { encodeFloat16 } from "../dtype.ts";
import { quoteName } from "../malformed.ts";
import type { ElementType } from "../onnx-graph.ts";
import { bytesOf } from "./scheme.ts";

export type FloatElement = Extract<ElementType, "float" | "float16">;

/** The largest float16. */
export const FLOAT16_MAX = 65_504;

/** float16 bits above these are infinities and no numbers. */
const FLOAT16_FINITE = 0x7bff;

export const ELEMENT_BYTES = { float: 4, float16: 2 } as const satisfies Record<FloatElement, number>;

/**
 * @param tensor The tensor's name in the checkpoint.
 * @throws AppError `unsupported-model` for a value that 16 bits cannot hold.
 */
export function encodeFloats(values: Float32Array, element: FloatElement, tensor: string): Uint8Array {
  if (element === "float") {
    return bytesOf(values);
  }
  const halves = encodeFloat16(values);
  checkFloat16(halves, tensor);
  return bytesOf(halves);
}

/** @throws AppError `unsupported-model`, naming the tensor, when a value was too large for its 16 bits. */
export function checkFloat16(halves: Uint16Array, tensor: string): void {
  for (let at = 0; at < halves.length; at += 1) {
    if (((halves[at] as number) & 0x7fff) > FLOAT16_FINITE) {
      throw new AppError(
        "unsupported-model",
        `tensor ${quoteName(tensor)} holds a value that a 16-bit float cannot: the largest is ${FLOAT16_MAX}`,
        { tensor: quoteName(tensor) },
      );
    }
  }
}
