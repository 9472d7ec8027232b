import { malformed, quoteName } from "./malformed.ts";
import type { MatrixSource } from "./matrix-source.ts";

/** Whether no value is NaN or an infinity. */
export function areFinite(values: Float32Array): boolean {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] as number;
    // 0, or NaN for what is no finite number; a sum of the values themselves may overflow.
    sum += value - value;
  }
  return sum === 0;
}

/**
 * Checks values of a tensor as the checkpoint stores it.
 * @throws AppError `malformed-file`, naming file and tensor.
 */
export function checkFinite(
  values: Float32Array,
  { file, tensor }: Pick<MatrixSource, "file" | "tensor">,
): void {
  if (!areFinite(values)) {
    throw malformed(file, `tensor ${quoteName(tensor)} holds a value that is not a finite number`);
  }
}
