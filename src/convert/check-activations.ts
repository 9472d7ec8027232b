import { AppError } from "../core/errors.ts";
import { FLOAT16_MAX, type FloatElement } from "./quantize/encode.ts";

/**
 * Checks what a layer gives for the canary.
 * @param layer Its name in the checkpoint.
 * @param element Type that the converted model will keep these numbers in.
 * @throws AppError `malformed-file` when they are no finite numbers; `unsupported-model` when they are too large.
 */
export function checkActivations(values: Float32Array, layer: string, element: FloatElement): void {
  let largest = 0;
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) {
    const size = Math.abs(values[at] as number);
    sum += size;
    if (size > largest) {
      largest = size;
    }
  }
  // NaN is not larger than anything; only the sum shows it.
  if (!Number.isFinite(sum)) {
    throw new AppError("malformed-file", `${layer} gives values that are not finite numbers`, { layer });
  }
  if (element === "float16" && largest > FLOAT16_MAX) {
    throw new AppError(
      "unsupported-model",
      `${layer} gives values up to ${largest.toFixed(0)}, and a 16-bit float ends at ${FLOAT16_MAX}`,
      { layer },
    );
  }
}
