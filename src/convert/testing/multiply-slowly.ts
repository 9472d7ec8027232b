import type { Multiply } from "../reference-values.ts";

/** A matrix product without a runtime, for tests. */
export const multiplySlowly: Multiply = async (a, b, k) => {
  const [n, t] = [a.length / k, b.length / k];
  const product = new Float64Array(n * t);
  for (let row = 0; row < n; row += 1) {
    for (let inner = 0; inner < k; inner += 1) {
      const factor = a[row * k + inner] ?? 0;
      for (let column = 0; column < t; column += 1) {
        const at = row * t + column;
        product[at] = (product[at] ?? 0) + factor * (b[inner * t + column] ?? 0);
      }
    }
  }
  return Float32Array.from(product);
};
