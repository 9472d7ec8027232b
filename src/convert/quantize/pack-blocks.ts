/**
 * Block quantization for MatMulNBits: each run of `block` weights along a row has a scale and a zero point,
 * and a weight is `(q - zero) * scale`.
 */
import { roundToFloat16 } from "../dtype.ts";
import { quantizeRows } from "./block-kernel.ts";

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
  /** Weights that share a scale; a multiple of 16. */
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
  const zeroBytes = Math.ceil((blocks * bits) / 8);
  const levelBytes = (blocks * block * bits) / 8;
  const quantized = new Uint8Array(rows * levelBytes);
  const scales = new Float32Array(rows * blocks);
  const zeroPoints = new Uint8Array(rows * zeroBytes);
  const form = { columns, block, top: 2 ** bits - 1, isSymmetric, importance };
  for (const part of quantizeRows(values, rows, form, hasHalfScales ? roundToHalves : keepScales)) {
    const { first, levels, zeros } = part;
    quantized.set(levels, first * levelBytes);
    scales.set(part.scales, first * blocks);
    for (let row = 0; row < zeros.length / blocks; row += 1) {
      const to = (first + row) * zeroBytes;
      for (let index = 0; index < blocks; index += 1) {
        const byte = to + ((index * bits) >> 3);
        const zero = zeros[row * blocks + index] as number;
        zeroPoints[byte] = (zeroPoints[byte] as number) | (zero << ((index * bits) & 7));
      }
    }
  }
  return { quantized, scales, zeroPoints };
}

function keepScales(): void {}

function roundToHalves(scales: Float32Array): void {
  for (let at = 0; at < scales.length; at += 1) {
    scales[at] = toHalfScale(scales[at] as number);
  }
}

function toHalfScale(scale: number): number {
  const half = Math.max(roundToFloat16(Math.abs(scale)), SMALLEST_FLOAT16);
  return scale < 0 ? -half : half;
}

/** How far a row reaches below and above zero; bits and value of the same two numbers. */
const range = new Float32Array(2);
const rangeBits = new Int32Array(range.buffer);

/**
 * Finds a row's `range`. Magnitudes are compared as integers without a branch: which weight is the largest so far is
 * nothing a processor can guess.
 */
function findRange(values: Float32Array, start: number, count: number): void {
  let below = 0;
  let above = 0;
  for (let at = start; at < start + count; at += 1) {
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
