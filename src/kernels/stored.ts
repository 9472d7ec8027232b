import { GraphEdit } from "./graph-edit.ts";
import type { KernelSet } from "./kernel-set.ts";
import { spellOutAttention } from "./spell-out-attention.ts";

/** Attention spelled out, weights as they are stored: the smallest in memory. */
export const stored = {
  id: "stored",
  label: "weights as stored",
  isExact: true,
  weightBytes: ({ matrices, otherBytes }) => matrices.reduce((sum, { bytes }) => sum + bytes, otherBytes),
  rewrite: async ({ graph: bytes }) => {
    const graph = new GraphEdit(bytes);
    const cache = await spellOutAttention(graph);
    return { graph: graph.encode(), cache };
  },
} as const satisfies KernelSet;
