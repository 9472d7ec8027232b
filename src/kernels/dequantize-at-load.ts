/**
 * Block-quantized products as float32 products whose weights ONNX Runtime makes once, as it opens the session:
 * DequantizeLinear of constants is a constant. Only the graph says anything new; no byte of a weight changes.
 */
import { ELEMENT } from "../convert/onnx-graph.ts";
import { type BlockMatrix, blockMatrix, zeroPointBytes } from "./block-matrix.ts";
import { finishProduct } from "./finish-product.ts";
import type { GraphEdit } from "./graph-edit.ts";
import type { GraphSource, MatrixFacts } from "./kernel-set.ts";
import { readTensor, storageOf } from "./tensor-bytes.ts";

/** `TensorProto.DataType.UINT4` (onnx.proto of format version 10). */
const UINT4 = 21;

/** DequantizeLinear has no block that is cut off. */
export function canDequantizeAtLoad({ columns, block }: MatrixFacts): boolean {
  return columns % block === 0;
}

/** Replaces every MatMulNBits of a form that it can. @throws AppError `malformed-file`, naming the node. */
export async function dequantizeAtLoad(graph: GraphEdit, source: GraphSource): Promise<void> {
  if (!graph.raiseOpset()) {
    return;
  }
  await graph.replace("MatMulNBits", async (node) => {
    const matrix = blockMatrix(graph, node);
    if (matrix === undefined || !canDequantizeAtLoad(matrix)) {
      return false;
    }
    const zeroPoints = await addZeroPoints(graph, matrix, source);
    addProduct(graph, matrix, addWeights(graph, matrix, zeroPoints));
    return true;
  });
}

const levelType = ({ bits }: BlockMatrix) => (bits === 4 ? UINT4 : ELEMENT.uint8);

/** The matrix in float32, `[columns, rows]`. */
function addWeights(graph: GraphEdit, matrix: BlockMatrix, zeroPoints: string): string {
  const { levels, scales, rows, columns, blocks, block } = matrix;
  return graph.shared(`${levels.name}:${scales.name}:${zeroPoints}`, () => {
    const weights = graph.tensor(`${levels.name}.levels`, {
      ...storageOf(levels),
      dataType: levelType(matrix),
      dims: [rows, columns],
    });
    const stored = graph.tensor(`${scales.name}.by_block`, {
      ...storageOf(scales),
      dataType: scales.dataType ?? ELEMENT.float,
      dims: [rows, blocks],
    });
    // Scales of 16 bits would give weights of 16 bits.
    const factors =
      matrix.type === "float32"
        ? stored
        : graph.add("Cast", [stored], `${stored}.float32`, { to: ELEMENT.float });
    const byRow = graph.add("DequantizeLinear", [weights, factors, zeroPoints], `${levels.name}.float32`, {
      axis: 1,
      block_size: block,
    });
    // Turned once, when the session opens: only then are weights packed for the kernels once and for all. Left to
    // the product they are packed in every pass, which costs as much as some sixty tokens.
    return graph.add("Transpose", [byRow], `${levels.name}.columns`, { perm: [1, 0] });
  });
}

/** Zero points of all blocks, `[rows, blocks]`. */
async function addZeroPoints(graph: GraphEdit, matrix: BlockMatrix, source: GraphSource): Promise<string> {
  const { zeroPoints, rows, blocks, bits } = matrix;
  const shape = { dataType: levelType(matrix), dims: [rows, blocks] };
  if (zeroPoints === undefined) {
    // The middle of the levels: 8 of 16, 128 of 256.
    const middle = bits === 4 ? 0x88 : 0x80;
    const rawData = () => new Uint8Array(Math.ceil((rows * blocks * bits) / 8)).fill(middle);
    return graph.shared(`middle.${bits}.${rows}x${blocks}`, (name) =>
      graph.tensor(name, { ...shape, rawData: rawData() }),
    );
  }
  const isPadded = bits === 4 && blocks % 2 === 1;
  const storage = isPadded
    ? { rawData: joinRows(await readTensor(zeroPoints, source), matrix) }
    : storageOf(zeroPoints);
  return graph.shared(`${zeroPoints.name}.by_block.${rows}x${blocks}`, (name) =>
    graph.tensor(name, { ...shape, ...storage }),
  );
}

/** Zero points of 4 bits whose rows each begin in a byte of their own, one after the other without gaps. */
function joinRows(padded: Uint8Array, matrix: BlockMatrix): Uint8Array {
  const { rows, blocks } = matrix;
  const rowBytes = zeroPointBytes(matrix);
  const joined = new Uint8Array(Math.ceil((rows * blocks) / 2));
  for (let row = 0; row < rows; row += 1) {
    for (let index = 0; index < blocks; index += 1) {
      const from = padded[row * rowBytes + (index >> 1)] as number;
      const to = row * blocks + index;
      joined[to >> 1] = (joined[to >> 1] as number) | (((from >> (4 * (index & 1))) & 15) << (4 * (to & 1)));
    }
  }
  return joined;
}

/** The product, and the bias, with the node's own output. */
function addProduct(graph: GraphEdit, matrix: BlockMatrix, weights: string): void {
  const { input, type } = matrix;
  const factor =
    type === "float16"
      ? graph.shared(`${input}.float32`, (name) => graph.add("Cast", [input], name, { to: ELEMENT.float }))
      : input;
  finishProduct(graph, matrix, (name) => graph.addNamed("MatMul", [factor, weights], [name]));
}
