import { AddedData } from "./added-data.ts";
import { addInt8Products, canRotate } from "./int8-products.ts";
import type { KernelSet } from "./kernel-set.ts";
import { rewriteGraph } from "./rewrite.ts";
import { spellOutAttention } from "./spell-out-attention.ts";

/** A level for each weight, and a float32 scale for each row. */
const weightBytes: KernelSet["weightBytes"] = ({ matrices, otherBytes }) =>
  matrices.reduce(
    (sum, matrix) => sum + (canRotate(matrix) ? matrix.rows * (matrix.columns + 4) : matrix.bytes),
    otherBytes,
  );

/** Attention spelled out, products in int8: the fastest, and the only one that rounds what the model computes. */
export const int8 = {
  id: "int8",
  label: "8-bit products",
  isExact: false,
  cacheLayout: "token-major",
  weightBytes,
  rewrite: (source, signal) =>
    rewriteGraph(source, weightBytes, {
      attention: spellOutAttention,
      products: async (graph) => {
        const data = new AddedData("int8.onnx_data");
        await addInt8Products(graph, source, data, signal);
        return data.finish();
      },
    }),
} as const satisfies KernelSet;
