/** Graphs in forms that the converter does not write. */
import onnxProto from "onnx-proto";
import { attribute } from "../../convert/onnx-graph.ts";
import type { GraphNode } from "../graph-edit.ts";
import { type TestModel, testModel } from "./converted-models.ts";

type Graph = onnxProto.onnx.IGraphProto;

export function graphOf(bytes: Uint8Array): Graph {
  return onnxProto.onnx.ModelProto.decode(bytes).graph ?? {};
}

/**
 * The model with its graph changed in place.
 * @param opset That it says to have; left out, its own.
 */
export function changeGraph(model: TestModel, change: (graph: Graph) => void, opset?: number): TestModel {
  const decoded = onnxProto.onnx.ModelProto.decode(model.graph);
  change(decoded.graph ?? {});
  const [standard] = decoded.opsetImport ?? [];
  if (opset !== undefined && standard !== undefined) {
    standard.version = opset;
  }
  return testModel(onnxProto.onnx.ModelProto.encode(decoded).finish(), model.files, model.vocabulary);
}

export function nodesOf({ node }: Graph, operator: string): GraphNode[] {
  return (node ?? []).filter(({ opType }) => opType === operator);
}

/** Sets an attribute, or adds it. */
export function setInt(node: GraphNode, name: string, value: number): void {
  node.attribute = [...(node.attribute ?? []).filter((one) => one.name !== name), attribute(name, value)];
}

/** Queries, keys and values in one tensor, as fused projections give them. */
export function packProjections(graph: Graph): void {
  graph.node = (graph.node ?? []).flatMap((node) => {
    if (node.opType !== "GroupQueryAttention") {
      return [node];
    }
    const [query = "", key = "", value = "", ...others] = node.input ?? [];
    const packed = `${query}.packed`;
    const concat = {
      opType: "Concat",
      name: packed,
      input: [query, key, value],
      output: [packed],
      attribute: [attribute("axis", -1)],
    };
    return [concat, { ...node, input: [packed, "", "", ...others] }];
  });
}
