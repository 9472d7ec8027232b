/** The embedded model's graph with other attributes of its 4-bit products, to choose them by number. */
import { linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import onnxProto from "onnx-proto";
import { assertDefined } from "../../src/core/assert.ts";
import { GRAPH_FILE, MODEL_FOLDER } from "./cpu-model.ts";

const { onnx } = onnxProto;
type Node = onnxProto.onnx.INodeProto;
type Tensor = onnxProto.onnx.ITensorProto;

export interface GraphVariant {
  readonly label: string;
  /** 0: float32 activations; 4: activations rounded to 8 bits. */
  readonly accuracyLevel: number;
  /** Weights that share a scale. Other than the model's own, the weights are made up: only time can be told. */
  readonly blockSize: number;
}

/** The model as it is published. */
const OWN_BLOCK = 32;

export const GRAPH_VARIANTS: readonly GraphVariant[] = [
  { accuracyLevel: 0, blockSize: OWN_BLOCK },
  { accuracyLevel: 4, blockSize: OWN_BLOCK },
  { accuracyLevel: 0, blockSize: 64 },
  { accuracyLevel: 4, blockSize: 64 },
  { accuracyLevel: 0, blockSize: 128 },
  { accuracyLevel: 4, blockSize: 128 },
].map((variant) => ({
  ...variant,
  label: `accuracy_level ${variant.accuracyLevel}, blocks of ${variant.blockSize}`,
}));

export function hasOwnWeights({ blockSize }: GraphVariant): boolean {
  return blockSize === OWN_BLOCK;
}

/**
 * Makes `folder` one that a session can be opened from.
 * @param folder On the file system of the model, whose weights are linked: the runtime follows no symbolic link out.
 */
export function writeVariant(variant: GraphVariant, folder: string): void {
  const graphPath = join(folder, GRAPH_FILE);
  mkdirSync(dirname(graphPath), { recursive: true });
  writeFileSync(join(folder, "config.json"), readFileSync(join(MODEL_FOLDER, "config.json")));
  for (const file of readdirSync(join(MODEL_FOLDER, dirname(GRAPH_FILE)))) {
    if (file !== GRAPH_FILE.slice(GRAPH_FILE.lastIndexOf("/") + 1)) {
      linkSync(join(MODEL_FOLDER, dirname(GRAPH_FILE), file), join(dirname(graphPath), file));
    }
  }
  const model = onnx.ModelProto.decode(readFileSync(join(MODEL_FOLDER, GRAPH_FILE)));
  const tensors = model.graph?.initializer ?? [];
  for (const node of model.graph?.node ?? []) {
    if (node.opType === "MatMulNBits") {
      setAttribute(node, "accuracy_level", variant.accuracyLevel);
      if (!hasOwnWeights(variant)) {
        setAttribute(node, "block_size", variant.blockSize);
        fill(node, variant.blockSize, tensors);
      }
    }
  }
  writeFileSync(graphPath, onnx.ModelProto.encode(model).finish());
}

function findAttribute({ attribute, name }: Node, key: string) {
  return assertDefined(
    attribute?.find((one) => one.name === key),
    `${key} of ${name}`,
  );
}

function setAttribute(node: Node, key: string, value: number): void {
  findAttribute(node, key).i = value;
}

/** Puts made-up quantized weights with blocks of another size in place of a node's own. */
function fill(node: Node, block: number, tensors: readonly Tensor[]): void {
  const [rows, columns] = [Number(findAttribute(node, "N").i), Number(findAttribute(node, "K").i)];
  const blocks = Math.ceil(columns / block);
  const [, weights, scales, zeros] = node.input ?? [];
  const put = (name: string | undefined, dims: number[], bytes: Uint8Array) => {
    const tensor = assertDefined(
      tensors.find((one) => one.name === name),
      `initializer ${name}`,
    );
    Object.assign(tensor, { dims, rawData: bytes, externalData: [], dataLocation: 0 });
  };
  put(weights, [rows, blocks, block / 2], pattern(rows * blocks * (block / 2)));
  put(scales, [rows, blocks], new Uint8Array(new Float32Array(rows * blocks).fill(0.01).buffer));
  put(zeros, [rows, Math.ceil(blocks / 2)], new Uint8Array(rows * Math.ceil(blocks / 2)).fill(0x88));
}

/** Bytes without order. */
function pattern(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = 1;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}
