/**
 * The head, in float32 and only at the positions asked for: `step_positions` gathers rows of the hidden states
 * before anything is computed from them, so no `[tokens, vocabulary]` tensor ever exists.
 */
import { assertDefined, assertNever } from "../core/assert.ts";
import { AppError } from "../core/errors.ts";
import type { Head } from "../core/protocols/protocol.ts";
import type { DecoderPlan } from "./architectures/architecture.ts";
import { bytesOf, type MatrixSource, pieces, type SchemeTarget } from "./quantize/scheme.ts";
import type { Weights } from "./weights.ts";

export interface HeadOptions {
  readonly head: Head;
  readonly plan: DecoderPlan;
  readonly weights: Weights;
  /** Ids of an `lm-rows` head's candidates, in its order. */
  readonly candidateIds: readonly number[];
  readonly activations: "float" | "float16";
}

/** Adds the gather and the head and declares the output `logits`, `[1, positions, width]`. */
export async function addHead(target: SchemeTarget, hidden: string, options: HeadOptions): Promise<void> {
  const { graph } = target;
  const positions = graph.input("step_positions", "int64", ["positions"]);
  const gathered = graph.node("Gather", [hidden, positions], ["head.gathered"], { axis: 1 });
  const input =
    options.activations === "float16" ? graph.node("Cast", [gathered], ["head.input"], { to: 1 }) : gathered;
  const { output, width } = await addByKind(target, input, options);
  graph.node("Identity", [output], ["logits"]);
  graph.output("logits", "float", ["batch_size", "positions", width]);
}

async function addByKind(
  target: SchemeTarget,
  input: string,
  { head, plan, weights, candidateIds }: HeadOptions,
): Promise<{ readonly output: string; readonly width: number }> {
  const { hiddenSize } = plan;
  switch (head.kind) {
    case "mlp": {
      const first = await addLinear(target, weights, input, `${head.prefix}.0`, hiddenSize, hiddenSize);
      const relu = target.graph.node("Relu", [first], ["head.relu"]);
      const output = await addLinear(target, weights, relu, `${head.prefix}.2`, head.outputs, hiddenSize);
      return { output, width: head.outputs };
    }
    case "linear": {
      const output = await addLinear(target, weights, input, head.prefix, head.outputs, hiddenSize);
      return { output, width: head.outputs };
    }
    case "lm-rows": {
      const table = weights.languageHead(plan.vocabularySize, hiddenSize);
      const rows = await Promise.all(candidateIds.map((id) => readRow(table, id)));
      return { output: await addRows(target, input, rows, hiddenSize), width: rows.length };
    }
    case "lm-mean": {
      const mean = await meanRow(weights.languageHead(plan.vocabularySize, hiddenSize));
      return { output: await addRows(target, input, [mean], hiddenSize), width: 1 };
    }
    case "token-hazard":
      throw new AppError("unsupported-model", "a token-hazard head cannot be converted from a checkpoint");
    default:
      return assertNever(head, "head");
  }
}

async function addLinear(
  target: SchemeTarget,
  weights: Weights,
  input: string,
  name: string,
  rows: number,
  columns: number,
): Promise<string> {
  const { graph, data } = target;
  const matrix = weights.matrix(`${name}.weight`, rows, columns);
  const values = await matrix.read(0, rows);
  const product = await addMatrix(target, input, name, values, rows, columns);
  if (!weights.has(`${name}.bias`)) {
    return product;
  }
  const bias = await weights.vector(`${name}.bias`, rows);
  const stored = graph.weight(`head.${name}.bias`, "float", [rows], await data.add(bytesOf(bias)));
  return graph.node("Add", [product, stored], [`head.${name}.biased`]);
}

async function addMatrix(
  { graph, data }: SchemeTarget,
  input: string,
  name: string,
  values: Float32Array,
  rows: number,
  columns: number,
): Promise<string> {
  const transposed = new Float32Array(values.length);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      transposed[column * rows + row] = values[row * columns + column] ?? 0;
    }
  }
  const stored = graph.weight(
    `head.${name}.weight`,
    "float",
    [columns, rows],
    await data.add(bytesOf(transposed)),
  );
  return graph.node("MatMul", [input, stored], [`head.${name}.out`]);
}

function addRows(
  target: SchemeTarget,
  input: string,
  rows: readonly Float32Array[],
  columns: number,
): Promise<string> {
  const values = new Float32Array(rows.length * columns);
  for (const [index, row] of rows.entries()) {
    values.set(row, index * columns);
  }
  return addMatrix(target, input, "candidates", values, rows.length, columns);
}

async function readRow(table: MatrixSource, id: number): Promise<Float32Array> {
  if (id >= table.rows) {
    throw new AppError("malformed-file", `token ${id} has no row in a head of ${table.rows}`);
  }
  return table.read(id, 1);
}

async function meanRow(table: MatrixSource): Promise<Float32Array> {
  const sum = new Float64Array(table.columns);
  for await (const { values } of pieces(table)) {
    for (const [index, value] of values.entries()) {
      const column = index % table.columns;
      sum[column] = assertDefined(sum[column], "column") + value;
    }
  }
  return Float32Array.from(sum, (total) => total / table.rows);
}
