/** Weights in blocks of levels to rotated int8 weights with one scale an output. */
import { decodeFloats } from "../convert/dtype.ts";
import { type BlockMatrix, zeroPointBytes } from "./block-matrix.ts";
import { rotateBlocks } from "./hadamard.ts";
import type { GraphSource } from "./kernel-set.ts";
import { readTensor } from "./tensor-bytes.ts";

export interface Int8Weights {
  /** `[columns, rows]` */
  readonly levels: Int8Array<ArrayBuffer>;
  /** `[rows]`: a weight is its level times its row's scale. */
  readonly scales: Float32Array<ArrayBuffer>;
}

/** Rows made before they are turned into columns: as many as a cache line of levels has. */
const PANEL = 64;

const LARGEST = 127;

/** @throws AppError `malformed-file`, naming the tensor. */
export async function int8Weights(matrix: BlockMatrix, source: GraphSource): Promise<Int8Weights> {
  const { rows, columns } = matrix;
  const readRow = await rowReader(matrix, source);
  const levels = new Int8Array(rows * columns);
  const scales = new Float32Array(rows);
  const row = new Float32Array(columns);
  const panel = new Int8Array(PANEL * columns);
  for (let first = 0; first < rows; first += PANEL) {
    const count = Math.min(PANEL, rows - first);
    for (let index = 0; index < count; index += 1) {
      readRow(first + index, row);
      rotateBlocks(row);
      scales[first + index] = quantizeRow(row, panel, index * columns);
    }
    for (let column = 0; column < columns; column += 1) {
      const to = column * rows + first;
      for (let index = 0; index < count; index += 1) {
        levels[to + index] = panel[index * columns + column] as number;
      }
    }
  }
  return { levels, scales };
}

/** Writes the levels of a row and gives its scale. */
function quantizeRow(row: Float32Array, target: Int8Array, to: number): number {
  let largest = 0;
  for (let at = 0; at < row.length; at += 1) {
    largest = Math.max(largest, Math.abs(row[at] as number));
  }
  const scale = largest === 0 ? 1 : Math.fround(largest / LARGEST);
  const inverse = 1 / scale;
  for (let at = 0; at < row.length; at += 1) {
    // Above 0, dropping the fraction rounds.
    target[to + at] = (((row[at] as number) * inverse + LARGEST + 0.5) | 0) - LARGEST;
  }
  return scale;
}

/** Reads rows as they are multiplied with: `(level - zero point) * scale`. */
async function rowReader(matrix: BlockMatrix, source: GraphSource) {
  const { bits, block, blocks, columns, levels, scales, zeroPoints } = matrix;
  const packed = await readTensor(levels, source);
  const factors = decodeFloats(matrix.type === "float32" ? "F32" : "F16", await readTensor(scales, source));
  const zeros = zeroPoints === undefined ? undefined : await readTensor(zeroPoints, source);
  const [blockBytes, zeroBytes] = [(block * bits) / 8, zeroPointBytes(matrix)];
  const mask = 2 ** bits - 1;
  const middle = 2 ** (bits - 1);
  return (row: number, target: Float32Array): void => {
    for (let index = 0; index < blocks; index += 1) {
      const packedZero = zeros?.[row * zeroBytes + ((index * bits) >> 3)];
      const zero = packedZero === undefined ? middle : (packedZero >> ((index * bits) & 7)) & mask;
      const scale = factors[row * blocks + index] as number;
      const from = (row * blocks + index) * blockBytes;
      const to = index * block;
      const end = Math.min(to + block, columns);
      if (bits === 4) {
        // Blocks are even, and so are columns that can be rotated.
        for (let at = to; at < end; at += 2) {
          const byte = packed[from + ((at - to) >> 1)] as number;
          target[at] = ((byte & 15) - zero) * scale;
          target[at + 1] = ((byte >> 4) - zero) * scale;
        }
      } else {
        for (let at = to; at < end; at += 1) {
          target[at] = ((packed[from + at - to] as number) - zero) * scale;
        }
      }
    }
  };
}
