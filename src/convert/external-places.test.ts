import { readFileSync } from "node:fs";
import onnxProto from "onnx-proto";
import { expect, it } from "vitest";
import { checkExternalPlaces } from "./external-places.ts";

const { onnx } = onnxProto;

type Tensor = onnxProto.onnx.ITensorProto;

function outside(location: string): Tensor {
  return { name: "weight", dataLocation: 1, externalData: [{ key: "location", value: location }] };
}

function graphWith(graph: onnxProto.onnx.IGraphProto): Uint8Array {
  return onnx.ModelProto.encode({ graph }).finish();
}

const ALLOWED = new Set(["model_q4.onnx_data"]);

it("lets a graph be whose weights are in the model's own files", () => {
  const name = "public/models/stepscope-prm/onnx/model_q4.onnx";
  const files = new Set(["model_q4.onnx_data", "model_q4.onnx_data_1"]);
  expect(() => checkExternalPlaces(readFileSync(name), "model_q4.onnx", files)).not.toThrow();
});

it.each(["../../secret", "/etc/passwd", "..\\secret", "model_q4.onnx_data/../../secret", ""])(
  "refuses weights in %j",
  (location) => {
    const bytes = graphWith({ initializer: [outside(location)] });
    expect(() => checkExternalPlaces(bytes, "model_q4.onnx", ALLOWED)).toThrow(
      /^model_q4\.onnx: tensor weight is in ".*", which is not a file of this model$/,
    );
  },
);

it.each([
  ["an attribute", { node: [{ attribute: [{ name: "value", t: outside("../x") }] }] }],
  ["an inner graph", { node: [{ attribute: [{ name: "body", g: { initializer: [outside("../x")] } }] }] }],
  ["a sparse tensor", { sparseInitializer: [{ values: outside("../x") }] }],
])("finds them in %s", (_, graph) => {
  expect(() => checkExternalPlaces(graphWith(graph), "m.onnx", ALLOWED)).toThrow('"../x"');
});

it("refuses what is no graph", () => {
  expect(() => checkExternalPlaces(new TextEncoder().encode("<html>"), "m.onnx", ALLOWED)).toThrow(
    /^m\.onnx: (is not an ONNX model|holds no graph)$/,
  );
});
