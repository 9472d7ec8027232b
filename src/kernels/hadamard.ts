/**
 * A rotation that spreads a few large values over all of a block: the Hadamard matrix of order 64, normalized, which
 * is symmetric and its own inverse. Rotating both factors of a product changes nothing of it.
 */

/** Values that are rotated together. */
export const ROTATED = 64;

/** `[ROTATED, ROTATED]`: the sign of an entry is the parity of the bits that its row and column have in common. */
export function hadamardMatrix(): Float32Array {
  return Float32Array.from({ length: ROTATED * ROTATED }, (_, at) => {
    let common = Math.floor(at / ROTATED) & (at % ROTATED);
    let sign = 1;
    for (; common !== 0; common &= common - 1) {
      sign = -sign;
    }
    return sign / Math.sqrt(ROTATED);
  });
}

/** Runs of 64 values are 8 by 8: the transform of order 64 is one of order 8 along each. */
const SIDE = 8;

/** Rotates every run of `ROTATED` values in place, by the fast Walsh-Hadamard transform. */
export function rotateBlocks(values: Float32Array): void {
  for (let start = 0; start < values.length; start += ROTATED) {
    for (let index = 0; index < SIDE; index += 1) {
      transform(values, start + index, SIDE);
    }
    for (let index = 0; index < SIDE; index += 1) {
      transform(values, start + index * SIDE, 1);
    }
  }
}

/** Order 8, normalized. Written out: in loops it takes several times as long. */
function transform(values: Float32Array, at: number, stride: number): void {
  const norm = 1 / Math.sqrt(SIDE);
  let a = (values[at] as number) * norm;
  let b = (values[at + stride] as number) * norm;
  let c = (values[at + 2 * stride] as number) * norm;
  let d = (values[at + 3 * stride] as number) * norm;
  let e = (values[at + 4 * stride] as number) * norm;
  let f = (values[at + 5 * stride] as number) * norm;
  let g = (values[at + 6 * stride] as number) * norm;
  let h = (values[at + 7 * stride] as number) * norm;
  [a, b] = [a + b, a - b];
  [c, d] = [c + d, c - d];
  [e, f] = [e + f, e - f];
  [g, h] = [g + h, g - h];
  [a, c] = [a + c, a - c];
  [b, d] = [b + d, b - d];
  [e, g] = [e + g, e - g];
  [f, h] = [f + h, f - h];
  values[at] = a + e;
  values[at + stride] = b + f;
  values[at + 2 * stride] = c + g;
  values[at + 3 * stride] = d + h;
  values[at + 4 * stride] = a - e;
  values[at + 5 * stride] = b - f;
  values[at + 6 * stride] = c - g;
  values[at + 7 * stride] = d - h;
}
