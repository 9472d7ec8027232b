/** Key-value buffers in the memory of the process: ONNX Runtime reads and writes typed arrays where they lie. */
import { AppError } from "../../core/errors.ts";
import type { OrtTensor } from "../session.ts";
import type { CacheShape } from "./cache-shape.ts";
import type { AllocateBuffer, CacheBuffer, Stretch } from "./in-place-cache.ts";
import { allocate, type CacheArray } from "./typed-arrays.ts";

/** The tensor class of the runtime that the session belongs to: an output of any other class is not written to. */
export type TensorClass = new (
  type: CacheShape["type"],
  data: CacheArray,
  dims: readonly number[],
) => OrtTensor;

class MemoryBuffer implements CacheBuffer {
  readonly tensor: OrtTensor;
  readonly #data: CacheArray;

  constructor(Tensor: TensorClass, shape: CacheShape, dims: readonly number[]) {
    this.#data = allocate(
      shape,
      dims.reduce((product, dim) => product * dim, 1),
    );
    this.tensor = new Tensor(shape.type, this.#data, dims);
  }

  copyFrom(source: CacheBuffer, stretches: readonly Stretch[]): void {
    if (!(source instanceof MemoryBuffer)) {
      throw new AppError("internal", "a cache buffer can only be copied into one of its own kind");
    }
    for (const { from, to, count } of stretches) {
      this.#data.set(source.#data.subarray(from, from + count), to);
    }
  }

  dispose(): void {
    this.tensor.dispose();
  }
}

export function memoryBuffers(Tensor: TensorClass): AllocateBuffer {
  return (shape, dims) => new MemoryBuffer(Tensor, shape, dims);
}
