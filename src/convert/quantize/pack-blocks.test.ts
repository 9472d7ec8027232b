import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roundToFloat16 } from "../dtype.ts";
import { unpackBlocks } from "../testing/dequantize.ts";
import { type BlockOptions, packBlocks, packRows } from "./pack-blocks.ts";

interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
  /** Above 0, one for each column. */
  readonly importance: Float32Array;
}

/** Weights as small as those no float32 scale can divide any more are taken for zeros. */
const number = fc
  .oneof(
    fc.float({ min: -8, max: 8, noNaN: true }),
    fc.constant(0),
    fc.float({ min: Math.fround(-1e-6), max: Math.fround(1e-6), noNaN: true }),
    fc.float({ min: 100, max: 3000, noNaN: true }),
  )
  .map((value) => (Math.abs(value) < 1e-30 ? 0 : value));

/** Blocks that are whole, cut off, of one sign, of zeros, with outliers. */
const matrices: fc.Arbitrary<Matrix> = fc
  .record({ rows: fc.integer({ min: 1, max: 3 }), columns: fc.integer({ min: 1, max: 70 }) })
  .chain(({ rows, columns }) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      values: fc
        .array(number, { minLength: rows * columns, maxLength: rows * columns })
        .map((list) => Float32Array.from(list)),
      importance: fc
        .array(fc.double({ min: 0.1, max: 100, noNaN: true }), { minLength: columns, maxLength: columns })
        .map((list) => Float32Array.from(list)),
    }),
  );

/** Packs and reads back with a reader of its own. */
function repack({ values, rows, columns }: Matrix, options: BlockOptions) {
  const packed = packBlocks(values, rows, columns, options);
  const { quantized: levels, scales, zeroPoints: zeros } = packed;
  const { bits, block } = options;
  const back = unpackBlocks({ levels, scales, zeros }, { rows, columns, bits }, block);
  // As if the matrix were as wide as its blocks: what pads it is read as well.
  const width = Math.ceil(columns / block) * block;
  const padded = unpackBlocks({ levels, scales, zeros }, { rows, columns: width, bits }, block);
  return { ...packed, back, padded, width };
}

/** Error of each block, weighted by column. */
function blockErrors({ values, rows, columns, importance }: Matrix, back: Float32Array, block: number) {
  const blocks = Math.ceil(columns / block);
  const errors = new Array<number>(rows * blocks).fill(0);
  for (const [at, value] of values.entries()) {
    const [row, column] = [Math.floor(at / columns), at % columns];
    const index = row * blocks + Math.floor(column / block);
    const error = (importance[column] ?? 0) * (value - (back[at] ?? Number.NaN)) ** 2;
    errors[index] = (errors[index] ?? 0) + error;
  }
  return errors;
}

describe.each([4, 8] as const)("%d bits", (bits) => {
  const top = 2 ** bits - 1;

  it("spans each block from its smallest to its largest weight", () => {
    fc.assert(
      fc.property(matrices, fc.constantFrom(16, 32, 64), (matrix, block) => {
        const { back, padded, scales, width } = repack(matrix, { bits, block });
        const { values, columns } = matrix;
        const blocks = Math.ceil(columns / block);
        for (const [at, value] of values.entries()) {
          const row = Math.floor(at / columns);
          const scale = scales[row * blocks + Math.floor((at % columns) / block)] ?? Number.NaN;
          // A zero point is a whole level, so the ends of the range may be off by one more half.
          expect(Math.abs((back[at] ?? Number.NaN) - value)).toBeLessThanOrEqual(scale * 1.001);
        }
        expect(padded.every((value, at) => at % width < columns || value === 0)).toBe(true);
      }),
    );
  });

  it.each([
    ["as wide as the block", false, false],
    ["fitted", true, false],
    ["as wide as the block, symmetric", false, true],
    ["fitted, symmetric", true, true],
  ])("rounds to the nearest level, with scales %s", (_, isFitted, isSymmetric) => {
    fc.assert(
      fc.property(matrices, fc.boolean(), (matrix, hasHalfScales) => {
        const { values, columns, importance } = matrix;
        const options = { bits, block: 32, hasHalfScales, isSymmetric, ...(isFitted ? { importance } : {}) };
        const { back, scales, zeroPoints } = repack(matrix, options);
        const blocks = Math.ceil(columns / 32);
        const zeroBytes = Math.ceil((blocks * bits) / 8);
        for (const [at, value] of values.entries()) {
          const row = Math.floor(at / columns);
          const index = Math.floor((at % columns) / 32);
          const scale = scales[row * blocks + index] ?? Number.NaN;
          const byte = zeroPoints[row * zeroBytes + (bits === 8 ? index : index >> 1)] ?? Number.NaN;
          const zero = bits === 8 ? byte : (byte >> (4 * (index % 2))) & 15;
          if (isSymmetric) {
            expect(zero).toBe((top + 1) / 2);
          }
          const off = Array.from({ length: top + 1 }, (_, level) => Math.abs((level - zero) * scale - value));
          const error = Math.abs((back[at] ?? Number.NaN) - value);
          expect(error).toBeLessThanOrEqual(
            // A level is found in float32: at 255 of them that is off by some ten-thousandths of one.
            Math.min(...off) + Math.abs(scale) * 1e-4 + Math.abs(value) * 1e-6,
          );
          expect(hasHalfScales ? roundToFloat16(scale) : Math.fround(scale)).toBe(scale);
        }
      }),
    );
  });

  it("is never worse for the outputs with fitted scales than without", () => {
    fc.assert(
      fc.property(matrices, fc.boolean(), (matrix, isSymmetric) => {
        const { importance } = matrix;
        const options = { bits, block: 32, isSymmetric };
        const plain = blockErrors(matrix, repack(matrix, options).back, 32);
        const fitted = blockErrors(matrix, repack(matrix, { ...options, importance }).back, 32);
        const whole = blockErrors(matrix, new Float32Array(matrix.values.length), 32);
        for (const [index, error] of fitted.entries()) {
          // Scales are float32: where the plain ones fit as well as can be, that is all the difference there is.
          const rounding = (whole[index] ?? Number.NaN) * 1e-12;
          expect(error).toBeLessThanOrEqual((plain[index] ?? Number.NaN) * (1 + 1e-4) + rounding + 1e-6);
        }
      }),
    );
  });

  it("keeps zeros and the ends of a block of one sign exact enough", () => {
    const ramp = Float32Array.from({ length: 64 }, (_, index) => (index < 32 ? 0 : (index - 32) / 31));
    const matrix = { rows: 2, columns: 32, values: ramp, importance: new Float32Array(32).fill(1) };
    const { back } = repack(matrix, { bits, block: 32 });
    expect([...back.subarray(0, 33)]).toEqual(new Array(33).fill(0));
    expect(back[63]).toBeCloseTo(1, 5);
  });
});

it.each([1, -1])("gives the lowest level of a symmetric block to its farthest weight, of sign %d", (sign) => {
  const values = Float32Array.from({ length: 32 }, (_, index) => sign * ((index % 15) - 8));
  const { back, quantized } = repack(
    { rows: 1, columns: 32, values, importance: values },
    { bits: 4, block: 32, isSymmetric: true },
  );
  expect([...back]).toEqual([...values]);
  expect((quantized[0] ?? 0) & 15).toBe(0);
});

it("fits scales to what counts", () => {
  // One column counts: the weight there comes out far better, the outlier beside it worse.
  const values = Float32Array.from({ length: 32 }, (_, index) =>
    index === 0 ? 1 : index === 1 ? 0.1 : 0.01,
  );
  const importance = Float32Array.from({ length: 32 }, (_, index) => (index === 1 ? 1000 : 1));
  const matrix = { rows: 1, columns: 32, values, importance };
  const plain = repack(matrix, { bits: 4, block: 32 }).back;
  const fitted = repack(matrix, { bits: 4, block: 32, importance }).back;
  expect(Math.abs((plain[1] ?? 0) - 0.1)).toBeGreaterThan(0.02);
  expect(Math.abs((fitted[1] ?? 0) - 0.1)).toBeLessThan(0.01);
});

it("packs four bits low half first", () => {
  const values = Float32Array.from({ length: 16 }, (_, index) => [0, 15, 1, 2][index] ?? 0);
  const { quantized } = packBlocks(values, 1, 16, { bits: 4, block: 16 });
  expect([...quantized]).toEqual([0xf0, 0x21, 0, 0, 0, 0, 0, 0]);
});

describe("rows", () => {
  it("are packed by their largest weight", () => {
    const { quantized, scales } = packRows(Float32Array.from([1, -2, 0, 0]), 2, 2);
    expect([...quantized]).toEqual([64, -127, 0, 0]);
    expect(scales[0]).toBeCloseTo(2 / 127, 6);
  });

  it("are rounded to the nearest level, the same in every range of columns", () => {
    fc.assert(
      fc.property(matrices, fc.nat(), ({ values, rows, columns }, cut) => {
        const { quantized, scales } = packRows(values, rows, columns);
        for (const [at, level] of quantized.entries()) {
          const exact = (values[at] ?? Number.NaN) / (scales[Math.floor(at / columns)] ?? Number.NaN);
          expect(Math.abs(level - exact)).toBeLessThanOrEqual(0.5001);
        }
        const first = cut % columns;
        const part = packRows(values, rows, columns, { first, count: columns - first });
        expect(part.scales).toEqual(scales);
        const kept = [...quantized].filter((_, at) => at % columns >= first);
        expect([...part.quantized]).toEqual(kept);
      }),
    );
  });
});
