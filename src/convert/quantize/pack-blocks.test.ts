import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packBlocks, packRows } from "./pack-blocks.ts";

/** Reads back what MatMulNBits would see. */
function unpack(
  packed: ReturnType<typeof packBlocks>,
  rows: number,
  columns: number,
  bits: 4 | 8,
  block: number,
) {
  const blocks = Math.ceil(columns / block);
  const zeroBytes = Math.ceil((blocks * bits) / 8);
  const level = (bytes: Uint8Array, index: number) => {
    const byte = bytes[bits === 8 ? index : index >> 1] ?? Number.NaN;
    return bits === 8 ? byte : (byte >> ((index & 1) * 4)) & 15;
  };
  return Array.from({ length: rows * columns }, (_, at) => {
    const row = Math.floor(at / columns);
    const column = at % columns;
    const index = Math.floor(column / block);
    const scale = packed.scales[row * blocks + index] ?? Number.NaN;
    const zero = level(packed.zeroPoints.subarray(row * zeroBytes, (row + 1) * zeroBytes), index);
    const start = (row * blocks + index) * ((block * bits) / 8);
    return (level(packed.quantized.subarray(start), column % block) - zero) * scale;
  });
}

describe.each([4, 8] as const)("%d bits", (bits) => {
  it("keeps every weight within half a level of its block", () => {
    const weights = fc.array(fc.float({ min: -8, max: 8, noNaN: true }), { minLength: 100, maxLength: 100 });
    fc.assert(
      fc.property(weights, (list) => {
        const values = Float32Array.from(list);
        const packed = packBlocks(values, 2, 50, { bits, block: 32 });
        const back = unpack(packed, 2, 50, bits, 32);
        for (const [at, value] of values.entries()) {
          const scale = packed.scales[Math.floor(at / 50) * 2 + Math.floor((at % 50) / 32)] ?? Number.NaN;
          // A zero point is a whole level, so the ends of the range may be off by one more half.
          expect(Math.abs((back[at] ?? Number.NaN) - value)).toBeLessThanOrEqual(scale * 1.001);
        }
      }),
    );
  });

  it("keeps zeros and a block of one sign exact enough", () => {
    const packed = packBlocks(new Float32Array(64), 2, 32, { bits, block: 32 });
    expect(unpack(packed, 2, 32, bits, 32)).toEqual(new Array(64).fill(0));
    const ramp = Float32Array.from({ length: 32 }, (_, index) => index / 31);
    const back = unpack(packBlocks(ramp, 1, 32, { bits, block: 32 }), 1, 32, bits, 32);
    expect(back[0]).toBe(0);
    expect(back[31]).toBeCloseTo(1, 5);
  });
});

it("packs four bits low half first", () => {
  const values = Float32Array.from([0, 15, 1, 2]);
  expect([...packBlocks(values, 1, 4, { bits: 4, block: 4 }).quantized]).toEqual([0xf0, 0x21]);
});

it("packs rows by their largest weight", () => {
  const { quantized, scales } = packRows(Float32Array.from([1, -2, 0, 0]), 2, 2);
  expect([...quantized]).toEqual([64, -127, 0, 0]);
  expect(scales[0]).toBeCloseTo(2 / 127, 6);
});
