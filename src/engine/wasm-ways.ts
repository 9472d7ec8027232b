/** The ways to run a graph on the processor in a browser, in the order of their speed as measured. */
import type { RunWay } from "../core/scorer.ts";
import type { Bytes } from "../core/units.ts";
import { kernelSetById } from "../kernels/index.ts";
import type { KernelSetId } from "../kernels/kernel-set.ts";

export interface WasmWay {
  readonly way: RunWay;
  /** Absent: the graph as it is stored. */
  readonly kernels?: KernelSetId;
  /** Largest model, as it is stored, whose weights fit once they are made larger. */
  readonly largest?: Bytes;
}

function wayWith(id: KernelSetId): RunWay {
  const { label, isExact } = kernelSetById(id);
  return { id: `wasm-${id}`, label: `WASM, ${label}`, isExact };
}

/**
 * 4-bit weights become eight times as large as 32-bit ones, and are there twice while they are packed for the
 * kernels; WebAssembly addresses 4 GB.
 */
const LARGEST_TO_EXPAND: Bytes = 2e8;

/** Weights are rotated and rounded while the model loads, at about 12 ns a weight. */
const LARGEST_TO_ROTATE: Bytes = 6e8;

export const WASM_WAYS: readonly WasmWay[] = [
  { way: wayWith("float32"), kernels: "float32", largest: LARGEST_TO_EXPAND },
  { way: wayWith("stored"), kernels: "stored" },
  { way: wayWith("int8"), kernels: "int8", largest: LARGEST_TO_ROTATE },
  // Any graph runs as it is, if slowly: for those that cannot be rewritten.
  { way: wayWith("stored") },
];
