import { blockMatrix } from "./block-matrix.ts";
import type { GraphEdit } from "./graph-edit.ts";
import type { WeightFacts } from "./kernel-set.ts";
import { byteLengthOf } from "./tensor-bytes.ts";

/** The weights of a graph that was not rewritten. @throws AppError `malformed-file` */
export function weightFactsIn(graph: GraphEdit): WeightFacts {
  const matrices = graph.nodesOf("MatMulNBits").flatMap((node) => blockMatrix(graph, node) ?? []);
  const all = [...graph.initializers].reduce((sum, tensor) => sum + byteLengthOf(tensor), 0);
  const inMatrices = matrices.reduce((sum, matrix) => sum + matrix.bytes, 0);
  return {
    matrices: matrices.map(({ rows, columns, block, bytes: size }) => ({
      rows,
      columns,
      block,
      bytes: size,
    })),
    otherBytes: Math.max(0, all - inMatrices),
  };
}
