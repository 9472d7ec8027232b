import { ELEMENT } from "../convert/onnx-graph.ts";
import type { BlockMatrix } from "./block-matrix.ts";
import type { GraphEdit } from "./graph-edit.ts";

/**
 * Gives a product the type and the bias that its node had, and its name.
 * @param add Adds the product in float32 under the name it is handed.
 */
export function finishProduct(
  graph: GraphEdit,
  { output, bias, type }: BlockMatrix,
  add: (name: string) => string,
): void {
  const unbiased = bias === undefined ? output : graph.fresh(`${output}.unbiased`)[0];
  if (type === "float32") {
    add(unbiased);
  } else {
    const product = add(graph.fresh(`${output}.float32`)[0]);
    graph.addNamed("Cast", [product], [unbiased], { to: ELEMENT.float16 });
  }
  if (bias !== undefined) {
    graph.addNamed("Add", [unbiased, bias], [output]);
  }
}
