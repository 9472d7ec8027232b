import { malformed, quoteName } from "./malformed.ts";
import type { MatrixSource } from "./matrix-source.ts";

/** Whether no value is NaN or an infinity. */
export function areFinite(values: Float32Array): boolean {
  // Each difference is 0, or NaN for what is no finite number; a sum of the values themselves may overflow. Of one
  // sum each addition would wait for the last: of four they go on side by side.
  let [a, b, c, d] = [0, 0, 0, 0];
  const end = values.length - (values.length % 4);
  for (let at = 0; at < end; at += 4) {
    a += (values[at] as number) - (values[at] as number);
    b += (values[at + 1] as number) - (values[at + 1] as number);
    c += (values[at + 2] as number) - (values[at + 2] as number);
    d += (values[at + 3] as number) - (values[at + 3] as number);
  }
  for (let at = end; at < values.length; at += 1) {
    a += (values[at] as number) - (values[at] as number);
  }
  return a + b + c + d === 0;
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
