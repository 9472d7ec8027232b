/** Whether a device can hold and run a model, told before anything of it is downloaded. */
import { type DtypeId, hasFloat16 } from "./dtypes.ts";
import type { ModelNeeds } from "./model-estimate.ts";
import type { Bytes } from "./units.ts";

export interface DeviceFacts {
  /** Absent: no WebGPU, or only one that is emulated in software. */
  readonly gpu:
    | {
        readonly maxBufferSize: Bytes;
        readonly maxStorageBufferBindingSize: Bytes;
        /** The `shader-f16` feature. */
        readonly hasFloat16: boolean;
      }
    | undefined;
  /** Memory of the machine; browsers say 8 GB of everything larger. Absent: the browser does not say. */
  readonly memory: Bytes | undefined;
  /** What the page may still store. Absent: the browser does not say. */
  readonly storage: Bytes | undefined;
}

export type Preflight =
  | { readonly kind: "runs"; readonly reason: string }
  /** It will work, and somebody would want to know this first. */
  | { readonly kind: "slow"; readonly reason: string }
  | { readonly kind: "cannot"; readonly reason: string };

/** Addresses of WebAssembly have 32 bits; a part is the runtime's own. */
export const WASM_MEMORY: Bytes = 3.6e9;

/** `navigator.deviceMemory` goes no further: this much or more. */
const MOST_REPORTED_MEMORY: Bytes = 8e9;

const GIGABYTE = 1e9;

function gigabytes(bytes: Bytes): string {
  return `${(bytes / GIGABYTE).toFixed(1)} GB`;
}

/** Judges one model in one dtype. Storage counts the download and the result, which are there at once. */
export function preflight(
  { download, converted, largestTensor, memory, isLeast = false }: ModelNeeds,
  dtype: DtypeId,
  { gpu, memory: machine, storage }: DeviceFacts,
): Preflight {
  const stored = download + converted;
  const need = (bytes: Bytes) => `${gigabytes(bytes)}${isLeast ? " or more" : ""}`;
  if (storage !== undefined && stored > storage) {
    const reason = `needs ${need(stored)} of storage while it is converted, and the browser has ${gigabytes(storage)} for this page`;
    return { kind: "cannot", reason };
  }
  if (machine !== undefined && machine < MOST_REPORTED_MEMORY && memory.total > machine) {
    return {
      kind: "cannot",
      reason: `needs ${need(memory.total)} of memory, and this machine has ${gigabytes(machine)}`,
    };
  }
  const objection = gpuObjection(largestTensor, dtype, gpu);
  if (objection === undefined) {
    return { kind: "runs", reason: "runs on WebGPU" };
  }
  return memory.total <= WASM_MEMORY
    ? { kind: "slow", reason: `${objection}, so it runs on the processor` }
    : {
        kind: "cannot",
        reason: `${objection}, and on the processor a page can use ${gigabytes(WASM_MEMORY)} of the ${need(memory.total)} it needs`,
      };
}

/** Why a graphics device cannot run it. */
function gpuObjection(largestTensor: Bytes, dtype: DtypeId, gpu: DeviceFacts["gpu"]): string | undefined {
  if (gpu === undefined) {
    return "no WebGPU here";
  }
  if (hasFloat16(dtype) && !gpu.hasFloat16) {
    return "this GPU has no 16-bit floats";
  }
  const limit = Math.min(gpu.maxBufferSize, gpu.maxStorageBufferBindingSize);
  return largestTensor > limit
    ? `its largest tensor has ${gigabytes(largestTensor)} and this GPU’s buffers end at ${gigabytes(limit)}`
    : undefined;
}
