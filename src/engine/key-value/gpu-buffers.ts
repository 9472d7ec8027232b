/** Key-value buffers on the graphics device that the session runs on. */
import { Tensor } from "onnxruntime-web/webgpu";
import { AppError } from "../../core/errors.ts";
import type { OrtTensor } from "../session.ts";
import { BYTES_OF, type CacheShape } from "./cache-shape.ts";
import type { AllocateBuffer, CacheBuffer, Stretch } from "./in-place-cache.ts";

/** WebGPU's rule for the size of a storage buffer. */
const ALIGNMENT = 16;

class GpuCacheBuffer implements CacheBuffer {
  readonly tensor: OrtTensor;
  readonly #device: GPUDevice;
  readonly #buffer: GPUBuffer;
  readonly #size: number;

  constructor(device: GPUDevice, { type }: CacheShape, dims: readonly number[]) {
    this.#device = device;
    this.#size = BYTES_OF[type];
    const bytes = dims.reduce((product, dim) => product * dim, this.#size);
    // A new buffer is all zeros: WebGPU gives nothing else.
    this.#buffer = device.createBuffer({
      size: Math.ceil(bytes / ALIGNMENT) * ALIGNMENT,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    this.tensor = Tensor.fromGpuBuffer(this.#buffer, { dataType: type, dims: [...dims] });
  }

  copyFrom(source: CacheBuffer, stretches: readonly Stretch[]): void {
    if (!(source instanceof GpuCacheBuffer)) {
      throw new AppError("internal", "a cache buffer can only be copied into one of its own kind");
    }
    const encoder = this.#device.createCommandEncoder();
    for (const { from, to, count } of stretches) {
      encoder.copyBufferToBuffer(
        source.#buffer,
        from * this.#size,
        this.#buffer,
        to * this.#size,
        count * this.#size,
      );
    }
    this.#device.queue.submit([encoder.finish()]);
  }

  dispose(): void {
    this.#buffer.destroy();
  }
}

export function gpuBuffers(device: GPUDevice): AllocateBuffer {
  return (shape, dims) => new GpuCacheBuffer(device, shape, dims);
}
