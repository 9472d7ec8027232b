import fc from "fast-check";
import { expect, it } from "vitest";
import type { MatrixSource } from "../matrix-source.ts";
import { unpackBlocks } from "../testing/dequantize.ts";
import { multiplySlowly } from "../testing/multiply-slowly.ts";
import type { Choice } from "./choice.ts";
import { packBlocks } from "./pack-blocks.ts";
import { startTrial } from "./trial.ts";

const WAYS = ([4, 8] as const).flatMap((bits) =>
  (["asymmetric", "symmetric", "plain"] as const).map((rounding): Choice => ({ bits, rounding })),
);

function matrixOf(values: Float32Array, columns: number, reads: number[][] = []): MatrixSource {
  return {
    tensor: "w",
    file: "model.safetensors",
    rows: values.length / columns,
    columns,
    read: async (first, count) => {
      reads.push([first, count]);
      return values.slice(first * columns, (first + count) * columns);
    },
    pieces: async function* () {},
  };
}

/** Number `at` of `[width, tokens]` at a token. */
const valueAt = (values: Float32Array, tokens: number, feature: number, token: number) =>
  values[feature * tokens + token] ?? Number.NaN;

/** Fitted to tokens 0, 2, 4..., judged on 1, 3, 5...: by the definition, in float64. */
function errorOf(weights: Float32Array, columns: number, inputs: Float32Array, { bits, rounding }: Choice) {
  const [rows, tokens] = [weights.length / columns, inputs.length / columns];
  const all = Array.from({ length: tokens }, (_, token) => token);
  const fitted = all.filter((token) => token % 2 === 0);
  const energies = Array.from(
    { length: columns },
    (_, column) =>
      fitted.reduce((sum, token) => sum + valueAt(inputs, tokens, column, token) ** 2, 0) / fitted.length,
  );
  const mean = energies.reduce((sum, energy) => sum + energy, 0) / columns;
  const importance = Float32Array.from(energies, (energy) => energy + 0.1 * mean);
  const packed = packBlocks(weights, rows, columns, {
    bits,
    block: 32,
    isSymmetric: rounding === "symmetric",
    ...(rounding === "plain" ? {} : { importance }),
  });
  const { quantized: levels, scales, zeroPoints: zeros } = packed;
  const stored = unpackBlocks({ levels, scales, zeros }, { rows, columns, bits });
  const judged = all.filter((token) => token % 2 === 1);
  const squares = judged.map((token) => {
    let [error, whole] = [0, 0];
    for (let row = 0; row < rows; row += 1) {
      let [off, output] = [0, 0];
      for (let column = 0; column < columns; column += 1) {
        const [weight = 0, other = 0] = [weights[row * columns + column], stored[row * columns + column]];
        off += (weight - other) * valueAt(inputs, tokens, column, token);
        output += weight * valueAt(inputs, tokens, column, token);
      }
      error += off ** 2;
      whole += output ** 2;
    }
    return error / whole;
  });
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

it("measures what the definition gives", async () => {
  const numbers = (length: number) =>
    fc
      .array(fc.double({ min: 0.1, max: 2, noNaN: true }), { minLength: length, maxLength: length })
      .map((list) => Float32Array.from(list, (value, index) => ((index * 7) % 3 === 0 ? -value : value)));
  const cases = fc
    .record({
      rows: fc.integer({ min: 1, max: 6 }),
      columns: fc.integer({ min: 2, max: 70 }),
      tokens: fc.integer({ min: 2, max: 7 }),
    })
    .chain(({ rows, columns, tokens }) =>
      fc.record({
        columns: fc.constant(columns),
        weights: numbers(rows * columns),
        inputs: numbers(columns * tokens),
      }),
    );
  await fc.assert(
    fc.asyncProperty(cases, async ({ columns, weights, inputs }) => {
      const input = { width: columns, values: inputs };
      const trial = await startTrial(matrixOf(weights, columns), input, multiplySlowly, {
        hasHalfScales: false,
      });
      for (const [index, error] of (await trial(WAYS)).entries()) {
        const expected = errorOf(weights, columns, inputs, WAYS[index] ?? { bits: 4, rounding: "plain" });
        // Differences of float32 numbers are what is multiplied.
        expect(Math.abs(error - expected)).toBeLessThanOrEqual(1e-3 * expected + 1e-5);
      }
    }),
    { numRuns: 50 },
  );
});

it("reads a few rows, from the first to the last", async () => {
  const reads: number[][] = [];
  const matrix = matrixOf(new Float32Array(1000 * 4).fill(1), 4, reads);
  const input = { width: 4, values: Float32Array.of(1, 2, 3, 4) };
  await startTrial(matrix, input, multiplySlowly, { hasHalfScales: false });
  expect(reads).toEqual([
    [0, 8],
    [330, 8],
    [661, 8],
    [992, 8],
  ]);
});
