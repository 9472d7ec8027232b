import { encodeFloat16 } from "../dtype.ts";
import { bytesOf, type MatrixSource, pieces, type Scheme } from "./scheme.ts";

/** MatMul takes `[columns, rows]`; checkpoints store `[rows, columns]`. */
async function readTransposed(weight: MatrixSource): Promise<Float32Array> {
  const { rows, columns } = weight;
  const transposed = new Float32Array(rows * columns);
  for await (const { first, count, values } of pieces(weight)) {
    for (let row = 0; row < count; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        transposed[column * rows + first + row] = values[row * columns + column] ?? 0;
      }
    }
  }
  return transposed;
}

async function readWhole(weight: MatrixSource): Promise<Float32Array> {
  const whole = new Float32Array(weight.rows * weight.columns);
  for await (const { first, values } of pieces(weight)) {
    whole.set(values, first * weight.columns);
  }
  return whole;
}

/** Weights as they are, in one floating-point type. */
export function floatScheme(options: Pick<Scheme, "id" | "label" | "activations" | "suffix">): Scheme {
  const { activations } = options;
  const encode = (values: Float32Array) =>
    bytesOf(activations === "float16" ? encodeFloat16(values) : values);
  return {
    ...options,
    linear: async ({ graph, data }, name, input, weight) => {
      const place = await data.add(encode(await readTransposed(weight)));
      const matrix = graph.weight(`${name}.weight`, activations, [weight.columns, weight.rows], place);
      return graph.node("MatMul", [input, matrix], [`${name}.out`]);
    },
    embedding: async ({ graph, data }, name, ids, weight) => {
      const place = await data.add(encode(await readWhole(weight)));
      const table = graph.weight(`${name}.weight`, activations, [weight.rows, weight.columns], place);
      return graph.node("Gather", [table, ids], [`${name}.out`], { axis: 0 });
    },
  };
}
