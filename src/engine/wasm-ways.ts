/** The ways to run a graph on the processor in a browser, in the order of their speed as measured. */
import type { RunWay } from "../core/scorer.ts";
import type { Bytes } from "../core/units.ts";
import type { KernelSetId } from "../kernels/kernel-set.ts";

export interface WasmWay {
  readonly way: RunWay;
  /** Absent: the graph as it is stored. */
  readonly kernels?: KernelSetId;
  /** Largest model, as it is stored, whose weights fit once they are made larger. */
  readonly largest?: Bytes;
}

const STORED: RunWay = { id: "wasm-stored", label: "WASM, weights as stored", isExact: true };

/**
 * 4-bit weights become eight times as large as 32-bit ones, and are there twice while they are packed for the
 * kernels; WebAssembly addresses 4 GB.
 */
const LARGEST_TO_EXPAND: Bytes = 2e8;

/** Weights are rotated and rounded while the model loads, at about 12 ns a weight. */
const LARGEST_TO_ROTATE: Bytes = 6e8;

export const WASM_WAYS: readonly WasmWay[] = [
  {
    way: { id: "wasm-float32", label: "WASM, 32-bit weights", isExact: true },
    kernels: "float32",
    largest: LARGEST_TO_EXPAND,
  },
  { way: STORED, kernels: "stored" },
  {
    way: { id: "wasm-int8", label: "WASM, 8-bit products", isExact: false },
    kernels: "int8",
    largest: LARGEST_TO_ROTATE,
  },
  // Any graph runs as it is, if slowly: for those that cannot be rewritten.
  { way: STORED },
];
