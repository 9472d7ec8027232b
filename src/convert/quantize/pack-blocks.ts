/**
 * Block quantization for MatMulNBits: each run of `block` weights along a row has a scale and a zero point,
 * and a weight is `(q - zero) * scale`.
 */

export interface PackedBlocks {
  /** `[rows, blocks, block * bits / 8]`; for 4 bits the first weight is in the low half of its byte. */
  readonly quantized: Uint8Array;
  /** `[rows, blocks]` */
  readonly scales: Float32Array;
  /** `[rows, ceil(blocks * bits / 8)]`, packed like the weights. */
  readonly zeroPoints: Uint8Array;
}

/**
 * @param values `[rows, columns]` row-major.
 * @param bits 4 or 8.
 */
export function packBlocks(
  values: Float32Array,
  rows: number,
  columns: number,
  { bits, block }: { readonly bits: 4 | 8; readonly block: number },
): PackedBlocks {
  const blocks = Math.ceil(columns / block);
  const blockBytes = (block * bits) / 8;
  const zeroBytes = Math.ceil((blocks * bits) / 8);
  const quantized = new Uint8Array(rows * blocks * blockBytes);
  const scales = new Float32Array(rows * blocks);
  const zeroPoints = new Uint8Array(rows * zeroBytes);
  const top = 2 ** bits - 1;
  for (let row = 0; row < rows; row += 1) {
    for (let index = 0; index < blocks; index += 1) {
      const start = row * columns + index * block;
      const length = Math.min(block, columns - index * block);
      // Zero is always in the range, so that a zero point exists and padding is exact.
      let low = 0;
      let high = 0;
      for (let at = start; at < start + length; at += 1) {
        const value = values[at] as number;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      const scale = high === low ? 1 : (high - low) / top;
      const inverse = 1 / scale;
      const zero = Math.round(-low * inverse);
      scales[row * blocks + index] = scale;
      const out = (row * blocks + index) * blockBytes;
      if (bits === 8) {
        zeroPoints[row * zeroBytes + index] = zero;
        for (let at = 0; at < block; at += 1) {
          const value = at < length ? (values[start + at] as number) : 0;
          // Adding a half and flooring rounds like Math.round, and is much faster in a loop.
          const level = Math.floor(value * inverse + 0.5) + zero;
          quantized[out + at] = Math.min(Math.max(level, 0), top);
        }
      } else {
        const zeroAt = row * zeroBytes + (index >> 1);
        zeroPoints[zeroAt] = (zeroPoints[zeroAt] as number) | (zero << ((index & 1) * 4));
        for (let at = 0; at < block; at += 2) {
          const a = at < length ? (values[start + at] as number) : 0;
          const b = at + 1 < length ? (values[start + at + 1] as number) : 0;
          const first = Math.min(Math.max(Math.floor(a * inverse + 0.5) + zero, 0), top);
          const second = Math.min(Math.max(Math.floor(b * inverse + 0.5) + zero, 0), top);
          quantized[out + (at >> 1)] = first | (second << 4);
        }
      }
    }
  }
  return { quantized, scales, zeroPoints };
}

/** Whole rows as int8 with one scale a row, symmetric: `weight = q * scale`. */
export function packRows(
  values: Float32Array,
  rows: number,
  columns: number,
): { readonly quantized: Int8Array; readonly scales: Float32Array } {
  const quantized = new Int8Array(rows * columns);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const start = row * columns;
    let largest = 0;
    for (let at = start; at < start + columns; at += 1) {
      const size = Math.abs(values[at] as number);
      largest = Math.max(largest, size);
    }
    const scale = largest === 0 ? 1 : largest / 127;
    scales[row] = scale;
    for (let at = start; at < start + columns; at += 1) {
      quantized[at] = Math.round((values[at] as number) / scale);
    }
  }
  return { quantized, scales };
}
