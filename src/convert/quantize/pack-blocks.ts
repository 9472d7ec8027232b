/**
 * Block quantization for MatMulNBits: each run of `block` weights along a row has a scale and a zero point,
 * and a weight is `(q - zero) * scale`.
 */
import { roundToFloat16 } from "../dtype.ts";

export interface PackedBlocks {
  /** `[rows, blocks, block * bits / 8]`; for 4 bits the first weight is in the low half of its byte. */
  readonly quantized: Uint8Array;
  /** `[rows, blocks]` */
  readonly scales: Float32Array;
  /** `[rows, ceil(blocks * bits / 8)]`, packed like the weights. */
  readonly zeroPoints: Uint8Array;
}

export interface BlockOptions {
  readonly bits: 4 | 8;
  /** Weights that share a scale; even. */
  readonly block: number;
  /**
   * How much an error in each column counts, `[columns]`, above 0: scales are fitted to it. Left out, a scale
   * spans its block from the smallest weight to the largest.
   */
  readonly importance?: Float32Array;
  /** True when scales are stored as float16, and so must be such numbers. */
  readonly hasHalfScales?: boolean;
}

/** Smallest float16 above 0: a scale that rounds to 0 would take its whole block along. */
const SMALLEST_FLOAT16 = 2 ** -24;

/**
 * @param values `[rows, columns]` row-major.
 */
export function packBlocks(
  values: Float32Array,
  rows: number,
  columns: number,
  { bits, block, importance, hasHalfScales = false }: BlockOptions,
): PackedBlocks {
  const blocks = Math.ceil(columns / block);
  const zeroBytes = Math.ceil((blocks * bits) / 8);
  const quantized = new Uint8Array((rows * blocks * block * bits) / 8);
  const scales = new Float32Array(rows * blocks);
  const zeroPoints = new Uint8Array(rows * zeroBytes);
  const levels = new Uint8Array(block);
  const top = 2 ** bits - 1;
  let out = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let index = 0; index < blocks; index += 1) {
      const start = row * columns + index * block;
      const end = start + Math.min(block, columns - index * block);
      // Zero is always in the range, so that a zero point exists and padding is exact.
      let low = 0;
      let high = 0;
      for (let at = start; at < end; at += 1) {
        const value = values[at] as number;
        if (value < low) {
          low = value;
        } else if (value > high) {
          high = value;
        }
      }
      let scale = high === low ? 1 : (high - low) / top;
      const zero = Math.round(-low / scale);
      if (importance !== undefined) {
        scale = fitScale(values, start, end, importance, index * block, scale, zero, top);
      }
      scale = hasHalfScales ? Math.max(roundToFloat16(scale), SMALLEST_FLOAT16) : Math.fround(scale);
      scales[row * blocks + index] = scale;
      // The sum is above 0 where it is not cut off anyway, so dropping its fraction rounds.
      const inverse = 1 / scale;
      const shift = zero + 0.5;
      for (let at = start; at < end; at += 1) {
        const level = ((values[at] as number) * inverse + shift) | 0;
        levels[at - start] = Math.min(Math.max(level, 0), top);
      }
      levels.fill(zero, end - start);
      if (bits === 8) {
        zeroPoints[row * zeroBytes + index] = zero;
        quantized.set(levels, out);
        out += block;
      } else {
        const zeroAt = row * zeroBytes + (index >> 1);
        zeroPoints[zeroAt] = (zeroPoints[zeroAt] as number) | (zero << ((index & 1) * 4));
        for (let at = 0; at < block; at += 2) {
          quantized[out] = (levels[at] as number) | ((levels[at + 1] as number) << 4);
          out += 1;
        }
      }
    }
  }
  return { quantized, scales, zeroPoints };
}

/**
 * The scale with the least error for the levels that `scale` gives: a weighted least-squares fit through zero.
 * Rounding anew with it can only make the error smaller still.
 */
function fitScale(
  values: Float32Array,
  start: number,
  end: number,
  importance: Float32Array,
  column: number,
  scale: number,
  zero: number,
  top: number,
): number {
  const inverse = 1 / scale;
  const shift = zero + 0.5;
  let product = 0;
  let square = 0;
  for (let at = start; at < end; at += 1) {
    const value = values[at] as number;
    const level = (value * inverse + shift) | 0;
    const steps = Math.min(Math.max(level, 0), top) - zero;
    const weighted = (importance[column + at - start] as number) * steps;
    product += weighted * value;
    square += weighted * steps;
  }
  return product > 0 ? product / square : scale;
}

/**
 * Whole rows as int8 with one scale a row, symmetric: `weight = q * scale`. The scale of a row that is not all
 * finite numbers is NaN.
 * @param range Columns that are kept; the scale is that of the whole row.
 */
export function packRows(
  values: Float32Array,
  rows: number,
  columns: number,
  range: { readonly first: number; readonly count: number } = { first: 0, count: columns },
): { readonly quantized: Int8Array; readonly scales: Float32Array } {
  const quantized = new Int8Array(rows * range.count);
  const scales = new Float32Array(rows);
  let out = 0;
  for (let row = 0; row < rows; row += 1) {
    const start = row * columns;
    let low = 0;
    let high = 0;
    let sum = 0;
    for (let at = start; at < start + columns; at += 1) {
      const value = values[at] as number;
      sum += value;
      if (value < low) {
        low = value;
      } else if (value > high) {
        high = value;
      }
    }
    const largest = Math.max(-low, high);
    const scale = largest === 0 ? 1 : Math.fround(largest / 127);
    const inverse = 1 / scale;
    // NaN is neither below nor above anything; only the sum shows it.
    scales[row] = Number.isFinite(sum) ? scale : Number.NaN;
    const end = start + range.first + range.count;
    for (let at = start + range.first; at < end; at += 1) {
      // 127.5 above 0: dropping the fraction rounds.
      quantized[out] = (((values[at] as number) * inverse + 127.5) | 0) - 127;
      out += 1;
    }
  }
  return { quantized, scales };
}
