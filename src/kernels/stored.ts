import type { KernelSet } from "./kernel-set.ts";
import { rewriteGraph } from "./rewrite.ts";
import { spellOutAttention } from "./spell-out-attention.ts";

const weightBytes: KernelSet["weightBytes"] = ({ matrices, otherBytes }) =>
  matrices.reduce((sum, { bytes }) => sum + bytes, otherBytes);

/** Attention spelled out, weights as they are stored: the smallest in memory. */
export const stored = {
  id: "stored",
  label: "weights as stored",
  isExact: true,
  cacheLayout: "token-major",
  weightBytes,
  rewrite: (source) => rewriteGraph(source, weightBytes, { attention: spellOutAttention }),
} as const satisfies KernelSet;
