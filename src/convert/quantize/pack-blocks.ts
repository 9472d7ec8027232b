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
  /** True when the middle level is zero in every block; the weight farthest from it gets the lowest level. */
  readonly isSymmetric?: boolean;
  /** True when scales are stored as float16, and so must be such numbers. */
  readonly hasHalfScales?: boolean;
}

/** Smallest float16 above 0: a scale that rounds to 0 would take its whole block along. */
const SMALLEST_FLOAT16 = 2 ** -24;

/** @param values `[rows, columns]` row-major. */
export function packBlocks(
  values: Float32Array,
  rows: number,
  columns: number,
  { bits, block, importance, isSymmetric = false, hasHalfScales = false }: BlockOptions,
): PackedBlocks {
  const blocks = Math.ceil(columns / block);
  const blockBytes = (block * bits) / 8;
  const zeroBytes = Math.ceil((blocks * bits) / 8);
  const quantized = new Uint8Array(rows * blocks * blockBytes);
  const scales = new Float32Array(rows * blocks);
  const zeroPoints = new Uint8Array(rows * zeroBytes);
  const top = 2 ** bits - 1;
  const middle = 2 ** (bits - 1);
  const levels = isSymmetric ? middle : top;
  // The last block of a row may be cut off: it is worked on here, with zeros behind it.
  const padded = new Float32Array(block);
  const weights = importance === undefined ? undefined : new Float32Array(blocks * block);
  weights?.set(importance ?? []);
  for (let row = 0; row < rows; row += 1) {
    for (let index = 0; index < blocks; index += 1) {
      let source = values;
      let start = row * columns + index * block;
      if ((index + 1) * block > columns) {
        padded.set(values.subarray(start, (row + 1) * columns));
        source = padded;
        start = 0;
      }
      findRange(source, start, block);
      const below = range[0] as number;
      const above = range[1] as number;
      const width = isSymmetric ? Math.max(below, above) : below + above;
      const unit = width === 0 ? 1 : width / levels;
      let scale = isSymmetric && above > below ? -unit : unit;
      // Nothing is below 0 here, so dropping the fraction rounds; Math.round takes a tenth of the loop.
      const zero = isSymmetric ? middle : (below / unit + 0.5) | 0;
      if (weights !== undefined) {
        scale = fitScale(source, start, block, weights, index * block, scale, zero, top);
      }
      scale = hasHalfScales ? toHalfScale(scale) : Math.fround(scale);
      scales[row * blocks + index] = scale;
      const at = row * zeroBytes + ((index * bits) >> 3);
      zeroPoints[at] = (zeroPoints[at] as number) | (zero << ((index * bits) & 7));
      const out = (row * blocks + index) * blockBytes;
      // Called by name, so that the compiler can put them here: a number handed to a function is an allocation.
      if (bits === 4) {
        writeHalfBytes(source, start, block, scale, zero, quantized, out);
      } else {
        writeBytes(source, start, block, scale, zero, quantized, out);
      }
    }
  }
  return { quantized, scales, zeroPoints };
}

function toHalfScale(scale: number): number {
  const half = Math.max(roundToFloat16(Math.abs(scale)), SMALLEST_FLOAT16);
  return scale < 0 ? -half : half;
}

/** How far a block reaches below and above zero; bits and value of the same two numbers. */
const range = new Float32Array(2);
const rangeBits = new Int32Array(range.buffer);

/**
 * Finds a block's `range`. Zero is always in it, so that a zero point exists and padding is exact. Magnitudes are
 * compared as integers without a branch: which weight is the largest so far is nothing a processor can guess.
 */
function findRange(values: Float32Array, start: number, block: number): void {
  let below = 0;
  let above = 0;
  for (let at = start; at < start + block; at += 1) {
    range[0] = values[at] as number;
    const bits = rangeBits[0] as number;
    const isNegative = bits >> 31;
    const magnitude = bits & 0x7fffffff;
    const overBelow = below - (magnitude & isNegative);
    const overAbove = above - (magnitude & ~isNegative);
    below -= overBelow & (overBelow >> 31);
    above -= overAbove & (overAbove >> 31);
  }
  rangeBits[0] = below;
  rangeBits[1] = above;
}

/**
 * The scale with the least error for the levels that `scale` gives: a weighted least-squares fit through zero.
 * Rounding anew with it can only make the error smaller still.
 */
function fitScale(
  values: Float32Array,
  start: number,
  block: number,
  weights: Float32Array,
  column: number,
  scale: number,
  zero: number,
  top: number,
): number {
  const inverse = 1 / scale;
  const shift = zero + 0.5;
  const most = top - zero;
  let product = 0;
  let square = 0;
  for (let at = 0; at < block; at += 1) {
    const value = values[start + at] as number;
    let steps = ((value * inverse + shift) | 0) - zero;
    // Not Math.min, with which this loop takes half as long again.
    if (steps > most) {
      steps = most;
    }
    const weighted = (weights[column + at] as number) * steps;
    product += weighted * value;
    square += weighted * steps;
  }
  // Each term has the sign of the scale.
  return product !== 0 ? product / square : scale;
}

/** Levels of a block, two in a byte, the first in the low half. */
function writeHalfBytes(
  values: Float32Array,
  start: number,
  block: number,
  scale: number,
  zero: number,
  target: Uint8Array,
  to: number,
): void {
  const inverse = 1 / scale;
  // The sum is above 0 where it is not cut off anyway, so dropping its fraction rounds.
  const shift = zero + 0.5;
  let out = to;
  for (let at = start; at < start + block; at += 2) {
    let first = ((values[at] as number) * inverse + shift) | 0;
    let second = ((values[at + 1] as number) * inverse + shift) | 0;
    if (((first | second) & ~15) !== 0) {
      first = Math.min(Math.max(first, 0), 15);
      second = Math.min(Math.max(second, 0), 15);
    }
    target[out] = first | (second << 4);
    out += 1;
  }
}

/** Levels of a block, one in a byte. */
function writeBytes(
  values: Float32Array,
  start: number,
  block: number,
  scale: number,
  zero: number,
  target: Uint8Array,
  to: number,
): void {
  const inverse = 1 / scale;
  const shift = zero + 0.5;
  for (let at = 0; at < block; at += 1) {
    const level = ((values[start + at] as number) * inverse + shift) | 0;
    target[to + at] = (level & ~255) === 0 ? level : Math.min(Math.max(level, 0), 255);
  }
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
  kept: { readonly first: number; readonly count: number } = { first: 0, count: columns },
): { readonly quantized: Int8Array; readonly scales: Float32Array } {
  const quantized = new Int8Array(rows * kept.count);
  const scales = new Float32Array(rows);
  let out = 0;
  for (let row = 0; row < rows; row += 1) {
    const start = row * columns;
    findRange(values, start, columns);
    const largest = Math.max(range[0] as number, range[1] as number);
    const scale = largest === 0 ? 1 : Math.fround(largest / 127);
    const inverse = 1 / scale;
    scales[row] = Number.isFinite(scale) ? scale : Number.NaN;
    const end = start + kept.first + kept.count;
    for (let at = start + kept.first; at < end; at += 1) {
      // 127.5 above 0: dropping the fraction rounds.
      quantized[out] = (((values[at] as number) * inverse + 127.5) | 0) - 127;
      out += 1;
    }
  }
  return { quantized, scales };
}
