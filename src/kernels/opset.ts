/** Block-wise DequantizeLinear and 4-bit integers came with opset 21; most graphs need only say so. */
import type onnxProto from "onnx-proto";

const OPSET = 21;

/** Oldest opset whose nodes, of the operators below, mean the same in opset 21. */
const OLDEST = 13;

/** Types of 4 bits are known from this version of the format on. */
const IR_VERSION = 10;

/** Operators that only gained types and optional attributes from opset 13 to 21. */
const UNCHANGED: ReadonlySet<string> = new Set(
  [
    "Abs Add And Cast Concat Div Equal Exp Expand Gather Gemm Greater Identity LessOrEqual Log MatMul Mul Neg Pow",
    "Range ReduceSum Relu Reshape Shape Sigmoid SimplifiedLayerNormalization Slice Softmax Sqrt Squeeze Sub Tanh",
    "Transpose Unsqueeze Where",
  ]
    .join(" ")
    .split(" "),
);

/** True when the model imports opset 21 or later, by now. */
export function raiseOpset(model: onnxProto.onnx.IModelProto): boolean {
  const standard = (model.opsetImport ?? []).find(
    ({ domain }) => (domain ?? "") === "" || domain === "ai.onnx",
  );
  const version = Number(standard?.version ?? 0);
  if (standard === undefined || version < OLDEST) {
    return false;
  }
  const isStandard = ({ domain }: onnxProto.onnx.INodeProto) => (domain ?? "") === "";
  const nodes = (model.graph?.node ?? []).filter(isStandard);
  if (version < OPSET && !nodes.every(({ opType }) => UNCHANGED.has(opType ?? ""))) {
    return false;
  }
  standard.version = Math.max(version, OPSET);
  model.irVersion = Math.max(Number(model.irVersion ?? 0), IR_VERSION);
  return true;
}
