import { AddedData } from "./added-data.ts";
import { GraphEdit } from "./graph-edit.ts";
import { addInt8Products, canRotate } from "./int8-products.ts";
import type { KernelSet } from "./kernel-set.ts";
import { spellOutAttention } from "./spell-out-attention.ts";

/** Attention spelled out, products in int8: the fastest, and the only one that rounds what the model computes. */
export const int8 = {
  id: "int8",
  label: "8-bit products",
  isExact: false,
  // A level for each weight, and a float32 scale for each row.
  weightBytes: ({ matrices, otherBytes }) =>
    matrices.reduce(
      (sum, matrix) => sum + (canRotate(matrix) ? matrix.rows * (matrix.columns + 4) : matrix.bytes),
      otherBytes,
    ),
  rewrite: async (source, signal) => {
    const graph = new GraphEdit(source.graph);
    const cache = await spellOutAttention(graph);
    const data = new AddedData("int8.onnx_data");
    await addInt8Products(graph, source, data, signal);
    const added = data.finish();
    return { graph: graph.encode(), cache, ...(added === undefined ? {} : { added }) };
  },
} as const satisfies KernelSet;
