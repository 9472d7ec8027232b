/**
 * A graph being rewritten: nodes are replaced one by one, in order, and what they no longer use is left out.
 * Names of what is added never collide with those that are there.
 */
import onnxProto from "onnx-proto";
import {
  type AttributeValue,
  attribute,
  type Dimension,
  ELEMENT,
  toDimensions,
} from "../convert/onnx-graph.ts";
import { AppError } from "../core/errors.ts";
import { raiseOpset } from "./opset.ts";

const { onnx } = onnxProto;

export type GraphNode = onnxProto.onnx.INodeProto;
export type GraphTensor = onnxProto.onnx.ITensorProto;
type ValueInfo = onnxProto.onnx.IValueInfoProto;
type Graph = onnxProto.onnx.IGraphProto;
type Attributes = Readonly<Record<string, AttributeValue>>;

/** ONNX Runtime's own operators. */
export const CONTRIB = "com.microsoft";

/** A constant's elements. */
type ConstantData = Float32Array | BigInt64Array;

/** Whole numbers as a constant holds them. */
export const ints = (...values: number[]) => BigInt64Array.from(values, BigInt);

export class GraphEdit {
  readonly #model: onnxProto.onnx.IModelProto;
  readonly #graph: Graph;
  readonly #initializers: Map<string, GraphTensor>;
  readonly #names: Set<string>;
  readonly #shared = new Map<string, string>();
  #nodes: GraphNode[];

  /** @throws AppError `malformed-file` when the bytes are no ONNX model. */
  constructor(bytes: Uint8Array) {
    this.#model = decode(bytes);
    this.#graph = this.#model.graph ?? {};
    this.#nodes = this.#graph.node ?? [];
    this.#initializers = new Map((this.#graph.initializer ?? []).map((one) => [one.name ?? "", one]));
    this.#names = new Set([
      ...this.#initializers.keys(),
      ...(this.#graph.input ?? []).map(({ name }) => name ?? ""),
      ...this.#nodes.flatMap(({ output }) => output ?? []),
    ]);
  }

  /** Nodes of one of ONNX Runtime's own operators. */
  nodesOf(operator: string): readonly GraphNode[] {
    return this.#nodes.filter((node) => isContrib(node, operator));
  }

  get inputs(): readonly ValueInfo[] {
    return this.#graph.input ?? [];
  }

  get initializers(): Iterable<GraphTensor> {
    return this.#initializers.values();
  }

  /** A weight that no caller can replace by feeding an input of its name. */
  initializer(name: string | undefined): GraphTensor | undefined {
    return name === undefined || this.input(name) !== undefined ? undefined : this.#initializers.get(name);
  }

  input(name: string): ValueInfo | undefined {
    return this.#graph.input?.find((one) => one.name === name);
  }

  output(name: string): ValueInfo | undefined {
    return this.#graph.output?.find((one) => one.name === name);
  }

  /** Gives an input or output of the graph another shape. */
  reshapeValue(name: string, shape: readonly Dimension[]): void {
    const tensor = (this.input(name) ?? this.output(name))?.type?.tensorType;
    if (tensor != null) {
      tensor.shape = { dim: toDimensions(shape) };
    }
  }

  /** Number of nodes that read a value. */
  uses(name: string): number {
    return this.#nodes.filter(({ input }) => input?.includes(name)).length;
  }

  /** Makes the graph's opset 21 when that changes nothing else of it; says whether it is now. */
  raiseOpset(): boolean {
    return raiseOpset(this.#model);
  }

  /**
   * Goes through the nodes of one of ONNX Runtime's own operators.
   * @param replace Adds what stands in a node's place, or adds nothing and returns false: the node stays.
   */
  async replace(operator: string, replace: (node: GraphNode) => Promise<boolean> | boolean): Promise<void> {
    const before = this.#nodes;
    const after: GraphNode[] = [];
    for (const node of before) {
      this.#nodes = [];
      const isReplaced = isContrib(node, operator) && (await replace(node));
      after.push(...(isReplaced ? this.#nodes : [node]));
    }
    this.#nodes = after;
  }

  /** Adds a node as it is. */
  addNode(node: GraphNode): void {
    this.#nodes.push(node);
    for (const output of node.output ?? []) {
      this.#names.add(output);
    }
  }

  /** Adds a node whose only output gets a name like `hint`, which is returned. */
  add(operator: string, inputs: readonly string[], hint: string, attributes: Attributes = {}, domain = "") {
    return this.addNamed(operator, inputs, [this.#fresh(hint)], attributes, domain);
  }

  /** Adds a node with outputs of exactly these names and returns the first. */
  addNamed(
    operator: string,
    inputs: readonly string[],
    outputs: readonly [string, ...string[]],
    attributes: Attributes = {},
    domain = "",
  ): string {
    const [name] = outputs;
    this.addNode({
      opType: operator,
      domain,
      name,
      input: [...inputs],
      output: [...outputs],
      attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
    });
    return name;
  }

  /** Names for the outputs of one node. */
  fresh<Hints extends readonly string[]>(...hints: Hints): { [Index in keyof Hints]: string } {
    return hints.map((hint) => this.#fresh(hint)) as { [Index in keyof Hints]: string };
  }

  /** A value made once, before its first use. */
  shared(key: string, make: (name: string) => string): string {
    const known = this.#shared.get(key);
    const name = known ?? make(key);
    this.#shared.set(key, name);
    return name;
  }

  /** A small constant inside the model file: a scalar where `dims` is empty. */
  constant(hint: string, data: ConstantData, dims: readonly number[] = [data.length]): string {
    const key = `${hint}:${dims.join("x")}`;
    return this.shared(key, () =>
      this.tensor(hint, {
        dataType: data instanceof Float32Array ? ELEMENT.float : ELEMENT.int64,
        dims: [...dims],
        rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      }),
    );
  }

  /** Adds a weight under a name like `hint`. */
  tensor(hint: string, tensor: Omit<GraphTensor, "name">): string {
    const name = this.#fresh(hint);
    this.#names.add(name);
    this.#initializers.set(name, { ...tensor, name });
    return name;
  }

  /** The model file, without weights that nothing reads. */
  encode(): Uint8Array {
    const used = new Set([
      ...(this.#graph.input ?? []).map(({ name }) => name ?? ""),
      ...(this.#graph.output ?? []).map(({ name }) => name ?? ""),
      ...readNames(this.#nodes),
    ]);
    const graph: Graph = {
      ...this.#graph,
      node: this.#nodes,
      initializer: [...this.#initializers].flatMap(([name, tensor]) => (used.has(name) ? [tensor] : [])),
      // Shapes and types of values that may be gone; the runtime infers them anew.
      valueInfo: [],
    };
    return onnx.ModelProto.encode({ ...this.#model, graph }).finish();
  }

  #fresh(hint: string): string {
    let name = hint;
    for (let number = 2; this.#names.has(name); number += 1) {
      name = `${hint}.${number}`;
    }
    return name;
  }
}

function isContrib({ opType, domain }: GraphNode, operator: string): boolean {
  return opType === operator && domain === CONTRIB;
}

function decode(bytes: Uint8Array): onnxProto.onnx.IModelProto {
  let model: onnxProto.onnx.ModelProto;
  try {
    model = onnx.ModelProto.decode(bytes);
  } catch (cause) {
    throw new AppError("malformed-file", "the graph is not an ONNX model", {}, cause);
  }
  if ((model.graph?.node ?? []).length === 0) {
    throw new AppError("malformed-file", "the ONNX model holds no graph");
  }
  return model;
}

/** Values read by nodes, and by the graphs inside of them. */
function* readNames(nodes: readonly GraphNode[]): Generator<string> {
  for (const { input, attribute: attributes } of nodes) {
    yield* input ?? [];
    for (const { g, graphs } of attributes ?? []) {
      for (const inner of [g, ...(graphs ?? [])].filter((one) => one != null)) {
        yield* (inner.output ?? []).map(({ name }) => name ?? "");
        yield* readNames(inner.node ?? []);
      }
    }
  }
}
