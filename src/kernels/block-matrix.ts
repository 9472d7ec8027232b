/** A MatMulNBits node, read and checked: a product with a matrix whose weights lie in blocks of levels. */
import { ELEMENT } from "../convert/onnx-graph.ts";
import type { Bytes } from "../core/units.ts";
import type { GraphEdit, GraphNode, GraphTensor } from "./graph-edit.ts";
import type { MatrixFacts } from "./kernel-set.ts";
import { inputOf, intOf, malformedNode } from "./node-form.ts";
import { byteLengthOf, holdsBytes } from "./tensor-bytes.ts";

export interface BlockMatrix extends MatrixFacts {
  readonly node: GraphNode;
  /** `[1, tokens, columns]` */
  readonly input: string;
  /** `[1, tokens, rows]` */
  readonly output: string;
  /** `[rows]`, added to the product. */
  readonly bias: string | undefined;
  readonly bits: 4 | 8;
  /** Blocks a row. */
  readonly blocks: number;
  /** Type of scales, inputs and outputs. */
  readonly type: "float32" | "float16";
  /** Levels `[rows, blocks, block * bits / 8]`, low halves of bytes first. */
  readonly levels: GraphTensor;
  /** `[rows, blocks]` */
  readonly scales: GraphTensor;
  /** `[rows, ceil(blocks * bits / 8)]`; half of the levels' range when there are none. */
  readonly zeroPoints: GraphTensor | undefined;
}

/** Attributes that this form has, accuracy_level without meaning for weights. */
const READ = new Set(["K", "N", "bits", "block_size", "accuracy_level"]);

/** Bytes of a float, by its ONNX type. */
const FLOAT_BYTES: Readonly<Record<number, Bytes>> = { [ELEMENT.float]: 4, [ELEMENT.float16]: 2 };

/** Bytes of zero points in a row. */
export function zeroPointBytes({ blocks, bits }: Pick<BlockMatrix, "blocks" | "bits">): Bytes {
  return Math.ceil((blocks * bits) / 8);
}

/**
 * @returns `undefined` for a form that stays as it is: other bits, reordered columns, weights that are computed.
 * @throws AppError `malformed-file`, naming the node, when its tensors are not of the sizes it states.
 */
export function blockMatrix(graph: GraphEdit, node: GraphNode): BlockMatrix | undefined {
  const [rows, columns] = [intOf(node, "N", 0), intOf(node, "K", 0)];
  const [bits, block] = [intOf(node, "bits", 4), intOf(node, "block_size", 0)];
  const input = inputOf(node, 0);
  const output = node.output?.[0];
  if (!(rows > 0 && columns > 0 && block > 0) || input === undefined || !output) {
    throw malformedNode(node, `multiplies with a matrix of ${rows} by ${columns} in blocks of ${block}`);
  }
  const isKnown = (node.attribute ?? []).every(({ name }) => READ.has(name ?? ""));
  const isReordered = inputOf(node, 4) !== undefined;
  const [levels, scales] = [graph.initializer(inputOf(node, 1)), graph.initializer(inputOf(node, 2))];
  const zeroName = inputOf(node, 3);
  const zeroPoints = graph.initializer(zeroName);
  const areThere = zeroName === undefined || zeroPoints?.dataType === ELEMENT.uint8;
  if (!isKnown || isReordered || (bits !== 4 && bits !== 8) || !areThere) {
    return undefined;
  }
  const width = FLOAT_BYTES[scales?.dataType ?? 0];
  if (levels?.dataType !== ELEMENT.uint8 || scales === undefined || width === undefined) {
    return undefined;
  }
  const blocks = Math.ceil(columns / block);
  const sizes: readonly (readonly [tensor: GraphTensor | undefined, bytes: Bytes])[] = [
    [levels, (rows * blocks * block * bits) / 8],
    [scales, rows * blocks * width],
    [zeroPoints, rows * zeroPointBytes({ blocks, bits })],
  ];
  for (const [tensor, bytes] of sizes) {
    if (tensor !== undefined && byteLengthOf(tensor) !== bytes) {
      throw malformedNode(node, `needs ${bytes} bytes of ${tensor.name}, which has ${byteLengthOf(tensor)}`);
    }
  }
  if (![levels, scales, zeroPoints].every((tensor) => tensor === undefined || holdsBytes(tensor))) {
    return undefined;
  }
  return {
    node,
    input,
    output,
    bias: inputOf(node, 5),
    rows,
    columns,
    bits,
    block,
    blocks,
    bytes: sizes.reduce((sum, [tensor, bytes]) => sum + (tensor === undefined ? 0 : bytes), 0),
    type: width === FLOAT_BYTES[ELEMENT.float] ? "float32" : "float16",
    levels,
    scales,
    zeroPoints,
  };
}
