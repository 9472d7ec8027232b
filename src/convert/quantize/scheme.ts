/** How weights are stored and multiplied. A scheme adds the nodes of one linear layer, and of the embedding. */
import type { ExternalData } from "../external-data.ts";
import type { ElementType, OnnxGraph } from "../onnx-graph.ts";

/** A matrix of the checkpoint, `[rows, columns]`, read in pieces. */
export interface MatrixSource {
  readonly rows: number;
  readonly columns: number;
  /** Rows from `first`, row-major float32. */
  read(first: number, count: number): Promise<Float32Array>;
}

export interface SchemeTarget {
  readonly graph: OnnxGraph;
  readonly data: ExternalData;
}

export interface Scheme {
  /** The dtype's name, as transformers.js and the file name have it; equals the file name here. */
  readonly id: "fp32" | "fp16" | "q8" | "q4" | "q4f16";
  readonly label: string;
  /** Type of activations, norms and the key-value cache. */
  readonly activations: Extract<ElementType, "float" | "float16">;
  /** Suffix of the model file's name (transformers.js, utils/dtypes.js). */
  readonly suffix: string;
  /** Adds `output = input W^T` and returns its name. */
  linear(target: SchemeTarget, name: string, input: string, weight: MatrixSource): Promise<string>;
  /** Adds `output = W[ids]` and returns its name. */
  embedding(target: SchemeTarget, name: string, ids: string, weight: MatrixSource): Promise<string>;
}

/** Rows read at once: bounds memory to a few tens of MB whatever the matrix. */
const PIECE_VALUES = 4 * 1024 * 1024;

/** The matrix in pieces of whole rows, in order. */
export async function* pieces(
  source: MatrixSource,
): AsyncGenerator<{ readonly first: number; readonly count: number; readonly values: Float32Array }> {
  const step = Math.max(1, Math.floor(PIECE_VALUES / source.columns));
  for (let first = 0; first < source.rows; first += step) {
    const count = Math.min(step, source.rows - first);
    yield { first, count, values: await source.read(first, count) };
  }
}

/** A typed array's bytes, without copying. */
export function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
