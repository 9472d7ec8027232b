import type { Bytes } from "../core/units.ts";
import { canDequantizeAtLoad, dequantizeAtLoad } from "./dequantize-at-load.ts";
import type { KernelSet } from "./kernel-set.ts";
import { rewriteGraph } from "./rewrite.ts";
import { spellOutAttention } from "./spell-out-attention.ts";

const WEIGHT: Bytes = 4;

const weightBytes: KernelSet["weightBytes"] = ({ matrices, otherBytes }) =>
  matrices.reduce(
    (sum, matrix) =>
      sum + (canDequantizeAtLoad(matrix) ? matrix.rows * matrix.columns * WEIGHT : matrix.bytes),
    otherBytes,
  );

/** Attention spelled out, weights made float32 as the session opens: faster than levels, and eight times as large. */
export const float32 = {
  id: "float32",
  label: "32-bit weights",
  isExact: true,
  // Otherwise ONNX Runtime leaves DequantizeLinear of constants for its own fusions, and does it in every pass.
  sessionExtra: { session: { disable_quant_qdq: "1" } },
  cacheLayout: "token-major",
  weightBytes,
  rewrite: (source) =>
    rewriteGraph(source, weightBytes, {
      attention: spellOutAttention,
      products: async (graph) => {
        await dequantizeAtLoad(graph, source);
        return undefined;
      },
    }),
} as const satisfies KernelSet;
