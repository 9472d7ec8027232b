import type { KernelSet } from "./kernel-set.ts";
import { rewriteGraph } from "./rewrite.ts";

const weightBytes: KernelSet["weightBytes"] = ({ matrices, otherBytes }) =>
  matrices.reduce((sum, { bytes }) => sum + bytes, otherBytes);

/** Attention spelled out, weights as they are stored: the smallest in memory. */
export const stored = {
  id: "stored",
  label: "weights as stored",
  isExact: true,
  weightBytes,
  rewrite: (source) => rewriteGraph(source, weightBytes, () => Promise.resolve(undefined)),
} as const satisfies KernelSet;
