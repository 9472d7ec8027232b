import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeFloats, encodeFloat16, isDtype, isFloatDtype } from "./dtype.ts";

const bytesOf = (array: Uint16Array | Float32Array | Float64Array) => new Uint8Array(array.buffer);
const decodeHalves = (dtype: "F16" | "BF16", ...halves: number[]) => [
  ...decodeFloats(dtype, bytesOf(Uint16Array.from(halves))),
];
const ALL_HALVES = Uint16Array.from({ length: 0x10000 }, (_, half) => half);

/** What IEEE 754 says a float16 is worth, by its definition. */
function valueOfHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) {
    return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  }
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

describe("names", () => {
  it("are known or not", () => {
    expect(["F16", "BOOL"].map(isDtype)).toEqual([true, true]);
    expect(["F8_E4M3", "f16", "", "__proto__", "toString"].map(isDtype)).toEqual(Array(5).fill(false));
    expect((["BF16", "I64", "U8"] as const).map(isFloatDtype)).toEqual([true, false, false]);
  });
});

describe("decoding", () => {
  it("knows float16", () => {
    expect(decodeHalves("F16", 0x3c00, 0xc000, 0x7bff, 0x0400, 0x03ff, 0x0001, 0x8000, 0x3555)).toEqual([
      1,
      -2,
      65504,
      6.103515625e-5,
      6.097555160522461e-5,
      2 ** -24,
      -0,
      0.333251953125,
    ]);
    expect(decodeHalves("F16", 0x7c00, 0xfc00, 0x7e00, 0xfc01)).toEqual([
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
      Number.NaN,
    ]);
  });

  it("gives every float16 its value", () => {
    expect([...decodeFloats("F16", bytesOf(ALL_HALVES))]).toEqual([...ALL_HALVES].map(valueOfHalf));
  });

  it("knows bfloat16", () => {
    expect(decodeHalves("BF16", 0x3f80, 0xc049, 0x0001, 0x7f80, 0x8000, 0x7fc0)).toEqual([
      1,
      -3.140625,
      9.183549615799121e-41,
      Number.POSITIVE_INFINITY,
      -0,
      Number.NaN,
    ]);
  });

  it("gives every bfloat16 the upper half of a float32", () => {
    const view = new DataView(new ArrayBuffer(4));
    const expected = [...ALL_HALVES].map((half) => {
      view.setUint32(0, half * 0x10000);
      return view.getFloat32(0);
    });
    expect([...decodeFloats("BF16", bytesOf(ALL_HALVES))]).toEqual(expected);
  });

  it("copies float32, from any offset", () => {
    fc.assert(
      fc.property(fc.float32Array(), fc.nat(7), (values, shift) => {
        const padded = new Uint8Array(values.byteLength + shift);
        padded.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), shift);
        const decoded = decodeFloats("F32", padded.subarray(shift));
        expect(decoded).toEqual(values);
        expect(decoded.buffer).not.toBe(padded.buffer);
      }),
    );
  });

  it("copies what Node has read", () => {
    const buffer = Buffer.concat([Buffer.of(0), Buffer.from(Float32Array.of(1, -2).buffer)]).subarray(1);
    expect([...decodeFloats("F32", buffer)]).toEqual([1, -2]);
  });

  it("rounds float64", () => {
    fc.assert(
      fc.property(fc.float64Array(), (values) => {
        const copy = Float64Array.from(values);
        expect([...decodeFloats("F64", bytesOf(copy))]).toEqual([...copy].map(Math.fround));
      }),
    );
  });

  it("takes a part of an element for a bug", () => {
    expect(() => decodeFloats("F32", new Uint8Array(6))).toThrow("not whole elements");
  });
});

describe("encoding float16", () => {
  it("gives every float16 itself", () => {
    const encoded = encodeFloat16(decodeFloats("F16", bytesOf(ALL_HALVES)));
    // A signalling NaN may become a quiet one.
    const wrong = [...encoded].filter((half, i) =>
      Number.isNaN(valueOfHalf(i)) ? !Number.isNaN(valueOfHalf(half)) : half !== i,
    );
    expect(wrong).toEqual([]);
  });

  it("rounds ties to even between all neighbours", () => {
    const wrong: number[] = [];
    for (let half = 0; half < 0x7bff; half++) {
      // Exact in float32: the middle has one bit more.
      const middle = (valueOfHalf(half) + valueOfHalf(half + 1)) / 2;
      const step = middle * 2 ** -20 || 2 ** -40;
      const [down, tie, up] = encodeFloat16(Float32Array.of(middle - step, middle, middle + step));
      if (down !== half || tie !== half + (half & 1) || up !== half + 1) {
        wrong.push(half);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("knows the edges", () => {
    const edges = [
      65504,
      65519.996,
      65520,
      65536,
      3.4e38,
      2 ** -25,
      2 ** -25 * 1.0000001,
      2 ** -26,
      1e-45,
      -0,
    ];
    expect([...encodeFloat16(Float32Array.from(edges))]).toEqual([
      0x7bff, 0x7bff, 0x7c00, 0x7c00, 0x7c00, 0, 1, 0, 0, 0x8000,
    ]);
    const rest = encodeFloat16(Float32Array.of(Number.NEGATIVE_INFINITY, Number.NaN, -65520));
    expect([rest[0], Number.isNaN(valueOfHalf(rest[1] ?? 0)), rest[2]]).toEqual([0xfc00, true, 0xfc00]);
  });

  it("is never further off than half a step", () => {
    fc.assert(
      fc.property(fc.float({ min: -65504, max: 65504, noNaN: true }), (value) => {
        const half = encodeFloat16(Float32Array.of(value))[0] ?? 0;
        const step = 2 ** (Math.max(1, (half >> 10) & 0x1f) - 25);
        expect(Math.abs(valueOfHalf(half) - value)).toBeLessThanOrEqual(step / 2);
      }),
    );
  });
});
