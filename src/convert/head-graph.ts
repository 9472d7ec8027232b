/**
 * The head, in float32 and only at the positions asked for: `step_positions` gathers rows of the hidden states
 * before anything is computed from them, so no `[tokens, vocabulary]` tensor ever exists.
 */
import { assertNever } from "../core/assert.ts";
import { AppError } from "../core/errors.ts";
import type { Head } from "../core/protocols/protocol.ts";
import type { DecoderPlan } from "./architectures/architecture.ts";
import type { RowPacker } from "./external-data.ts";
import type { MatrixSource } from "./matrix-source.ts";
import { ELEMENT_BYTES } from "./quantize/encode.ts";
import { addMatMul } from "./quantize/float-scheme.ts";
import { bytesOf, type SchemeTarget } from "./quantize/scheme.ts";
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
export function addHead(target: SchemeTarget, hidden: string, options: HeadOptions): void {
  const { graph } = target;
  const positions = graph.input("step_positions", "int64", ["positions"]);
  const gathered = graph.node("Gather", [hidden, positions], ["head.gathered"], { axis: 1 });
  const input =
    options.activations === "float16" ? graph.node("Cast", [gathered], ["head.input"], { to: 1 }) : gathered;
  const { output, width } = addByKind(target, input, options);
  graph.node("Identity", [output], ["logits"]);
  graph.output("logits", "float", ["batch_size", "positions", width]);
}

function addByKind(
  target: SchemeTarget,
  input: string,
  { head, plan, weights, candidateIds }: HeadOptions,
): { readonly output: string; readonly width: number } {
  const { hiddenSize } = plan;
  switch (head.kind) {
    case "mlp": {
      const first = addLinear(target, weights, input, `${head.prefix}.0`, hiddenSize, hiddenSize);
      const relu = target.graph.node("Relu", [first], ["head.relu"]);
      const output = addLinear(target, weights, relu, `${head.prefix}.2`, head.outputs, hiddenSize);
      return { output, width: head.outputs };
    }
    case "linear": {
      const output = addLinear(target, weights, input, head.prefix, head.outputs, hiddenSize);
      return { output, width: head.outputs };
    }
    case "lm-rows": {
      const table = weights.languageHead(plan.vocabularySize, hiddenSize);
      return { output: addCandidates(target, input, table, candidateIds), width: candidateIds.length };
    }
    case "lm-mean": {
      const table = weights.languageHead(plan.vocabularySize, hiddenSize);
      return { output: addMean(target, input, table), width: 1 };
    }
    case "token-hazard":
      throw new AppError("unsupported-model", "a token-hazard head cannot be converted from a checkpoint");
    default:
      return assertNever(head, "head");
  }
}

function addLinear(
  target: SchemeTarget,
  weights: Weights,
  input: string,
  name: string,
  rows: number,
  columns: number,
): string {
  const { graph, data } = target;
  const matrix = weights.matrix(`${name}.weight`, rows, columns);
  const product = addMatMul(target, `head.${name}`, input, matrix, "float");
  if (!weights.has(`${name}.bias`)) {
    return product;
  }
  const read = weights.vector(`${name}.bias`, rows);
  const [place] = data.add([rows * ELEMENT_BYTES.float], {
    kind: "bytes",
    produce: async () => [bytesOf(await read())],
  });
  const stored = graph.weight(`head.${name}.bias`, "float", [rows], place);
  return graph.node("Add", [product, stored], [`head.${name}.biased`]);
}

/** Products with a few rows of the language model's head. */
function addCandidates(
  { graph, data }: SchemeTarget,
  input: string,
  table: MatrixSource,
  ids: readonly number[],
): string {
  const { rows, columns } = table;
  for (const id of ids.filter((one) => one >= rows)) {
    throw new AppError("malformed-file", `token ${id} has no row in a head of ${rows}`);
  }
  const [place] = data.add([columns * ids.length * ELEMENT_BYTES.float], {
    kind: "bytes",
    produce: async () => {
      const transposed = new Float32Array(columns * ids.length);
      for (const [index, id] of ids.entries()) {
        for (const [column, value] of (await table.read(id, 1)).entries()) {
          transposed[column * ids.length + index] = value;
        }
      }
      return [bytesOf(transposed)];
    },
  });
  const weight = graph.weight("head.candidates.weight", "float", [columns, ids.length], place);
  return graph.node("MatMul", [input, weight], ["head.candidates.out"]);
}

/** The product with the mean of all rows, which is the mean of the products. */
function addMean({ graph, data }: SchemeTarget, input: string, table: MatrixSource): string {
  const { rows, columns } = table;
  const [place] = data.add([columns * ELEMENT_BYTES.float], {
    kind: "rows",
    matrix: table,
    first: 0,
    count: rows,
    isFed: true,
    start: () => meanPacker(rows, columns),
  });
  const weight = graph.weight("head.mean.weight", "float", [columns, 1], place);
  return graph.node("MatMul", [input, weight], ["head.mean.out"]);
}

function meanPacker(rows: number, columns: number): RowPacker {
  const sums = new Float64Array(columns);
  return {
    pack: (values, count) => {
      for (let row = 0; row < count; row += 1) {
        for (let column = 0; column < columns; column += 1) {
          sums[column] = (sums[column] as number) + (values[row * columns + column] as number);
        }
      }
      return new Uint8Array(0);
    },
    finish: () => [bytesOf(Float32Array.from(sums, (sum) => sum / rows))],
  };
}
