import { expect, it } from "vitest";
import { hadamardMatrix, ROTATED, rotateBlocks } from "./hadamard.ts";

it("the fast transform is the product with the matrix, in each run", () => {
  const matrix = hadamardMatrix();
  const values = Float32Array.from({ length: 3 * ROTATED }, (_, index) => Math.sin(index * index));
  const expected = values.map((_, at) => {
    const run = at - (at % ROTATED);
    let sum = 0;
    for (let index = 0; index < ROTATED; index += 1) {
      sum += (values[run + index] ?? 0) * (matrix[index * ROTATED + (at % ROTATED)] ?? 0);
    }
    return sum;
  });
  const rotated = values.slice();
  rotateBlocks(rotated);
  for (const [at, value] of rotated.entries()) {
    expect(value).toBeCloseTo(expected[at] ?? Number.NaN, 5);
  }
  rotateBlocks(rotated);
  for (const [at, value] of rotated.entries()) {
    expect(value).toBeCloseTo(values[at] ?? Number.NaN, 5);
  }
});
