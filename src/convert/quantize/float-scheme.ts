import { encodeFloat16 } from "../dtype.ts";
import type { Range, RowPacker, RowsProduction } from "../external-data.ts";
import type { MatrixSource } from "../matrix-source.ts";
import { checkFloat16, ELEMENT_BYTES, encodeFloats, type FloatElement } from "./encode.ts";
import { addParts, bytesOf, type Scheme, type SchemeTarget } from "./scheme.ts";

/** MatMul takes `[columns, rows]`; checkpoints store `[rows, columns]`. */
function transposingPacker(
  { columns, tensor }: MatrixSource,
  rows: number,
  element: FloatElement,
): RowPacker {
  const transposed =
    element === "float16" ? new Uint16Array(rows * columns) : new Float32Array(rows * columns);
  let first = 0;
  return {
    pack: (values, count) => {
      const source = element === "float16" ? encodeFloat16(values) : values;
      if (source instanceof Uint16Array) {
        checkFloat16(source, tensor);
      }
      // A column's rows lie together in what is written; what is read is small enough for caches.
      for (let column = 0; column < columns; column += 1) {
        const to = column * rows + first;
        for (let row = 0; row < count; row += 1) {
          transposed[to + row] = source[row * columns + column] as number;
        }
      }
      first += count;
      return new Uint8Array(0);
    },
    finish: () => [bytesOf(transposed)],
  };
}

/** Adds `output = input W^T` with the matrix as it is; the reference pass feeds it. */
export function addMatMul(
  { graph, data }: SchemeTarget,
  name: string,
  input: string,
  matrix: MatrixSource,
  element: FloatElement,
): string {
  const { rows, columns } = matrix;
  const lengthsOf = (count: number) => [count * columns * ELEMENT_BYTES[element]];
  return addParts(graph, name, data.split(rows, lengthsOf), ({ first, count }, part) => {
    const [place] = data.add(lengthsOf(count), {
      kind: "rows",
      matrix,
      first,
      count,
      isFed: true,
      start: () => transposingPacker(matrix, count, element),
    });
    const weight = graph.weight(`${part}.weight`, element, [columns, count], place);
    return graph.node("MatMul", [input, weight], [`${part}.out`]);
  });
}

/** Some columns of all rows. */
function columnsProduction(matrix: MatrixSource, range: Range, element: FloatElement): RowsProduction {
  const { rows, columns, tensor } = matrix;
  return {
    kind: "rows",
    matrix,
    first: 0,
    count: rows,
    isFed: false,
    start: () => ({
      pack: (values, count) => {
        const kept = new Float32Array(count * range.count);
        for (let row = 0; row < count; row += 1) {
          const from = row * columns + range.first;
          kept.set(values.subarray(from, from + range.count), row * range.count);
        }
        return encodeFloats(kept, element, tensor);
      },
      finish: () => [],
    }),
  };
}

/** Weights as they are, in one floating-point type. */
export function floatScheme(options: Pick<Scheme, "id" | "label" | "activations" | "suffix">): Scheme {
  const { activations } = options;
  return {
    ...options,
    linear: (target, name, input, weight) => addMatMul(target, name, input, weight, activations),
    embedding: ({ graph, data }, name, ids, weight) => {
      const { rows, columns } = weight;
      const lengthsOf = (count: number) => [rows * count * ELEMENT_BYTES[activations]];
      return addParts(graph, name, data.split(columns, lengthsOf), (range, part) => {
        const [place] = data.add(lengthsOf(range.count), columnsProduction(weight, range, activations));
        const table = graph.weight(`${part}.weight`, activations, [rows, range.count], place);
        return graph.node("Gather", [table, ids], [`${part}.out`], { axis: 0 });
      });
    },
  };
}
