/** Builds an ONNX model node by node. Names follow the tensors; bytes of weights go elsewhere (`weights`). */
import onnxProto from "onnx-proto";
import { assertDefined } from "../core/assert.ts";
import type { ExternalPlace } from "./external-data.ts";

const { onnx } = onnxProto;

/** ONNX tensor element types this converter writes. */
export const ELEMENT = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7, float16: 10 } as const;
export type ElementType = keyof typeof ELEMENT;

/** Opset of the standard operators; 1.31's ONNX Runtime knows it on every backend. */
const OPSET = 21;
const IR_VERSION = 10;
const EXTERNAL = 1;

export type Dimension = number | string;
export type AttributeValue = number | { readonly float: number } | readonly number[];

export class OnnxGraph {
  readonly #nodes: onnxProto.onnx.INodeProto[] = [];
  readonly #initializers: onnxProto.onnx.ITensorProto[] = [];
  readonly #inputs: onnxProto.onnx.IValueInfoProto[] = [];
  readonly #outputs: onnxProto.onnx.IValueInfoProto[] = [];

  input(name: string, type: ElementType, shape: readonly Dimension[]): string {
    this.#inputs.push(valueInfo(name, type, shape));
    return name;
  }

  output(name: string, type: ElementType, shape: readonly Dimension[]): void {
    this.#outputs.push(valueInfo(name, type, shape));
  }

  /** A small constant inside the model file. */
  constant(name: string, type: "int64", values: readonly number[]): string {
    const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    this.#initializers.push({ name, dataType: ELEMENT[type], dims: [values.length], rawData: bytes });
    return name;
  }

  /** A weight whose bytes are in an external file. */
  weight(name: string, type: ElementType, dims: readonly number[], place: ExternalPlace | undefined): string {
    const { file, offset, length } = assertDefined(place, `a place for ${name}`);
    this.#initializers.push({
      name,
      dataType: ELEMENT[type],
      dims: [...dims],
      dataLocation: EXTERNAL,
      externalData: [
        { key: "location", value: file },
        { key: "offset", value: String(offset) },
        { key: "length", value: String(length) },
      ],
    });
    return name;
  }

  /** Adds a node and returns its first output's name. */
  node(
    operator: string,
    inputs: readonly string[],
    outputs: readonly [string, ...string[]],
    attributes: Readonly<Record<string, AttributeValue>> = {},
    domain = "",
  ): string {
    this.#nodes.push({
      opType: operator,
      domain,
      name: outputs[0],
      input: [...inputs],
      output: [...outputs],
      attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
    });
    return outputs[0];
  }

  /** A node of ONNX Runtime's own operators. */
  contrib(
    operator: string,
    inputs: readonly string[],
    outputs: readonly [string, ...string[]],
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    return this.node(operator, inputs, outputs, attributes, "com.microsoft");
  }

  /** The model file. */
  encode(producerVersion: string): Uint8Array {
    return onnx.ModelProto.encode({
      irVersion: IR_VERSION,
      producerName: "stepscope",
      producerVersion,
      opsetImport: [
        { domain: "", version: OPSET },
        { domain: "com.microsoft", version: 1 },
      ],
      graph: {
        name: "process-reward-model",
        node: this.#nodes,
        initializer: this.#initializers,
        input: this.#inputs,
        output: this.#outputs,
      },
    }).finish();
  }
}

function valueInfo(
  name: string,
  type: ElementType,
  shape: readonly Dimension[],
): onnxProto.onnx.IValueInfoProto {
  return { name, type: { tensorType: { elemType: ELEMENT[type], shape: { dim: toDimensions(shape) } } } };
}

/** Sizes, and names of sizes that a run settles. */
export function toDimensions(shape: readonly Dimension[]): onnxProto.onnx.TensorShapeProto.IDimension[] {
  return shape.map((size) => (typeof size === "number" ? { dimValue: size } : { dimParam: size }));
}

/** AttributeProto's types. */
const FLOAT = 1;
const INT = 2;
const INTS = 7;

/** One attribute of a node: whole numbers are ints. */
export function attribute(name: string, value: AttributeValue): onnxProto.onnx.IAttributeProto {
  if (typeof value === "number") {
    return { name, type: INT, i: value };
  }
  return "float" in value ? { name, type: FLOAT, f: value.float } : { name, type: INTS, ints: [...value] };
}
