import { AppError } from "../core/errors.ts";
import type { OrtTensor } from "./session.ts";

/**
 * The graph's output `[1, count, width]` as rows.
 * @throws AppError `unsupported-model` when it has another shape or type.
 */
export function readRows(logits: OrtTensor | undefined, count: number, width: number): (readonly number[])[] {
  const shape = logits?.dims ?? [];
  if (logits === undefined || shape.join() !== [1, count, width].join()) {
    throw new AppError(
      "unsupported-model",
      `the model's logits have shape [${shape.join(", ")}], not [1, ${count}, ${width}]`,
    );
  }
  const { data } = logits;
  if (!(data instanceof Float32Array)) {
    throw new AppError("unsupported-model", `the model's logits are ${logits.type}, not float32`);
  }
  return Array.from({ length: count }, (_, index) =>
    Array.from(data.subarray(index * width, (index + 1) * width)),
  );
}
