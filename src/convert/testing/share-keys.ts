import onnxProto from "onnx-proto";

/** The graph with one more node that reads the keys of its first attention: their layout can then not be changed. */
export function shareKeys(graph: Uint8Array): Uint8Array {
  const model = onnxProto.onnx.ModelProto.decode(graph);
  const nodes = model.graph?.node ?? [];
  const keys = nodes.find(({ opType }) => opType === "GroupQueryAttention")?.output?.[1];
  if (keys === undefined || keys === null) {
    throw new Error("the graph has no attention with keys");
  }
  nodes.push(
    onnxProto.onnx.NodeProto.create({ opType: "Identity", name: "reader", input: [keys], output: ["read"] }),
  );
  return onnxProto.onnx.ModelProto.encode(model).finish();
}
