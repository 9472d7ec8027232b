/** How weights are stored and multiplied. A scheme adds the nodes of one linear layer, and of the embedding. */
import type { DtypeId } from "../../core/dtypes.ts";
import type { ExternalData } from "../external-data.ts";
import type { MatrixSource } from "../matrix-source.ts";
import type { ElementType, OnnxGraph } from "../onnx-graph.ts";
import type { Choice } from "./choice.ts";
import type { BlockStorage } from "./choose.ts";

export interface SchemeTarget {
  readonly graph: OnnxGraph;
  readonly data: ExternalData;
}

export interface Scheme {
  /** The dtype's name, as transformers.js and the file name have it; equals the file name here. */
  readonly id: DtypeId;
  readonly label: string;
  /** Type of activations, norms and the key-value cache. */
  readonly activations: Extract<ElementType, "float" | "float16">;
  /** Suffix of the model file's name (transformers.js, utils/dtypes.js). */
  readonly suffix: string;
  /** Present where each matrix of a linear layer is stored in the way that was measured to be best. */
  readonly measured?: BlockStorage;
  /**
   * Adds `output = input W^T` and returns its name.
   * @param choice How the matrix is stored; before that is known, as most are.
   */
  linear(target: SchemeTarget, name: string, input: string, weight: MatrixSource, choice?: Choice): string;
  /** Adds `output = W[ids]` and returns its name. */
  embedding(target: SchemeTarget, name: string, ids: string, weight: MatrixSource): string;
}

/** A typed array's bytes, without copying. */
export function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/**
 * Adds one node for each part of a tensor that was cut to fit into files, and what joins their outputs on the
 * last axis.
 * @param add Adds the part's node, under a name of its own, and returns its output.
 */
export function addParts<Part>(
  graph: OnnxGraph,
  name: string,
  parts: readonly Part[],
  add: (part: Part, name: string) => string,
): string {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) {
    return add(only, name);
  }
  const outputs = parts.map((part, index) => add(part, `${name}.part${index}`));
  return graph.node("Concat", outputs, [`${name}.out`], { axis: -1 });
}
