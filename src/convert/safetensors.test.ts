import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "../core/errors.ts";
import { bytesSource } from "./byte-source.ts";
import { DTYPE_BYTES } from "./dtype.ts";
import { readSafetensors } from "./safetensors.ts";
import type { TensorFile } from "./tensor-layout.ts";
import {
  buildFloatSafetensors,
  buildSafetensors,
  buildSafetensorsOfText,
} from "./testing/build-safetensors.ts";
import { patch, uint } from "./testing/byte-strings.ts";

const read = (bytes: Uint8Array) => readSafetensors(bytesSource(bytes, "a.safetensors"));
const f32 = (begin: unknown, end: unknown, ...shape: unknown[]) => ({
  dtype: "F32",
  shape,
  data_offsets: [begin, end],
});

async function summary({ tensors }: TensorFile): Promise<unknown[]> {
  const rows = [...tensors].map(async ([name, { dtype, shape, byteLength, locate }]) => [
    name,
    dtype,
    shape,
    byteLength,
    await locate(),
  ]);
  return Promise.all(rows);
}

function readFixture(path: string): Uint8Array {
  return readFileSync(new URL(`../../e2e/fixtures/checkpoints/${path}`, import.meta.url));
}

describe("a file", () => {
  it("is its tensors", async () => {
    const bytes = buildFloatSafetensors({ a: [1, 2], "b.weight": [3], empty: [] });
    const dataStart = bytes.length - 12;
    expect(await summary(await read(bytes))).toEqual([
      ["a", "F32", [2], 8, dataStart],
      ["b.weight", "F32", [1], 4, dataStart + 8],
      ["empty", "F32", [0], 0, dataStart + 12],
    ]);
  });

  it("may have scalars, metadata, spaces behind its header, and no tensor", async () => {
    const text =
      '{"__metadata__": {"format": "pt"}, "s": {"dtype":"I64","shape":[],"data_offsets":[0,8]}}   ';
    const { tensors } = await read(buildSafetensorsOfText(text, new Uint8Array(8)));
    expect([...tensors.keys()]).toEqual(["s"]);
    expect(tensors.get("s")).toMatchObject({ dtype: "I64", shape: [], byteLength: 8 });
    expect((await read(buildSafetensorsOfText("{}", new Uint8Array(0)))).tensors.size).toBe(0);
  });

  it("may call a tensor what JavaScript has a meaning for", async () => {
    const text =
      '{"__proto__":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"constructor":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}';
    const { tensors } = await read(buildSafetensorsOfText(text, new Uint8Array(2)));
    expect([...tensors.keys()]).toEqual(["__proto__", "constructor"]);
    expect(tensors.get("__proto__")).toMatchObject({ dtype: "U8", shape: [1] });
  });
});

describe("a header", () => {
  it.each([
    ["of 2^53 bytes", 2n ** 53n, "declares a header of 9007199254740992 bytes, but the file has 10"],
    ["of 2^64 - 1 bytes", 2n ** 64n - 1n, "declares a header of 18446744073709551615 bytes"],
    ["one byte longer than the file", 3, "declares a header of 3 bytes, but the file has 10"],
    ["one byte too short", 1, "the header is not JSON in UTF-8"],
    ["of no bytes", 0, "the header is not JSON in UTF-8"],
  ])("%s is refused", async (_what, length, message) => {
    await expect(read(buildSafetensorsOfText("{}", new Uint8Array(0), length))).rejects.toMatchObject({
      code: "malformed-file",
      message: expect.stringContaining(message),
    });
  });

  it("beyond the limit is refused before it is read", async () => {
    const size = 2 ** 40;
    const reads: string[] = [];
    const source = {
      name: "a.safetensors",
      size,
      read: async (start: number, end: number) => {
        reads.push(`${start}-${end}`);
        return uint(2 ** 39, 8);
      },
    };
    await expect(readSafetensors(source)).rejects.toThrow("more than 16777216");
    expect(reads).toEqual(["0-8"]);
  });

  it("is not there in a file of a few bytes", async () => {
    await expect(read(new Uint8Array(7))).rejects.toThrow("a.safetensors: has 7 bytes, too few");
  });
});

describe("a tensor is refused", () => {
  const data = new Uint8Array(16);

  it.each([
    ["overlapping another", { a: f32(0, 8, 2), b: f32(4, 16, 3) }, "tensors a and b overlap"],
    ["in the place of another", { a: f32(0, 16, 4), b: f32(0, 16, 4) }, "tensors a and b overlap"],
    ["beyond the file", { a: f32(0, 20, 5) }, "tensor a lies at bytes 0 to 20 of 16 bytes of data"],
    ["far beyond", { a: f32(2 ** 52, 2 ** 52 + 16, 4) }, "lies at bytes"],
    ["that ends before it begins", { a: f32(16, 0, 4) }, "tensor a lies at bytes 16 to 0"],
    ["behind a gap", { a: f32(4, 16, 3) }, "4 bytes before tensor a belong to no tensor"],
    ["before a gap", { a: f32(0, 12, 3) }, "the last 4 bytes belong to no tensor"],
    ["of the wrong size", { a: f32(0, 16, 5) }, "tensor a of F32 [5] needs 20 bytes, has 16"],
    ["of an unknown format", { a: { ...f32(0, 16, 4), dtype: "F31" } }, "tensor a is stored as F31"],
    [
      "with a format called __proto__",
      { a: { ...f32(0, 16, 4), dtype: "__proto__" } },
      "stored as __proto__",
    ],
    ["of a format that is no text", { a: { ...f32(0, 16, 4), dtype: 32 } }, "tensor a is wrong at dtype"],
    ["with half a dimension", { a: f32(0, 16, 2.5) }, "a dimension of 2.5"],
    ["with a negative dimension", { a: f32(0, 16, -2, -2) }, "a dimension of -2"],
    ["with a dimension too many", { a: f32(0, 16, ...Array(9).fill(1)) }, "has 9 dimensions, more than 8"],
    ["with a huge dimension", { a: f32(0, 16, 2 ** 33) }, "a dimension of 8589934592"],
    ["with a product beyond 2^53", { a: f32(0, 16, 2 ** 32, 2 ** 32) }, "is larger than any file"],
    ["with text as a dimension", { a: f32(0, 16, "4") }, "tensor a is wrong at shape.0"],
    ["with a text as an offset", { a: f32("0", 16, 4) }, "tensor a is wrong at data_offsets.0"],
    ["with a negative offset", { a: f32(-4, 12, 4) }, "tensor a is wrong at data_offsets.0"],
    ["with half an offset", { a: f32(0, 15.5, 4) }, "tensor a is wrong at data_offsets.1"],
    ["with one offset", { a: { dtype: "F32", shape: [4], data_offsets: [0] } }, "wrong at data_offsets.1"],
    ["without a name", { "": f32(0, 16, 4) }, "a tensor's name has 0 characters"],
    ["with an endless name", { ["x".repeat(600)]: f32(0, 16, 4) }, "a tensor's name has 600 characters"],
  ])("%s", async (_what, rows, message) => {
    await expect(read(buildSafetensors(rows, data))).rejects.toMatchObject({
      code: "malformed-file",
      message: expect.stringMatching(/^a\.safetensors: /),
    });
    await expect(read(buildSafetensors(rows, data))).rejects.toThrow(message);
  });

  it.each(["null", "7", "[]", '"F32"', "{}"])("that is only %s", async (row) => {
    await expect(read(buildSafetensorsOfText(`{"a": ${row}}`, data))).rejects.toMatchObject({
      code: "malformed-file",
      message: expect.stringContaining("tensor a is wrong at"),
    });
  });

  it("listed twice", async () => {
    const row = JSON.stringify(f32(0, 16, 4));
    await expect(read(buildSafetensorsOfText(`{"a": ${row}, "a": ${row}}`, data))).rejects.toThrow(
      "a.safetensors: the header has the key a twice",
    );
  });

  it("in 8 bits, as unsupported", async () => {
    const rows = { a: { ...f32(0, 16, 16), dtype: "F8_E4M3" } };
    await expect(read(buildSafetensors(rows, data))).rejects.toMatchObject({
      code: "unsupported-model",
      message: "a.safetensors: tensor a is stored as F8_E4M3, which is not read",
    });
  });
});

describe("a damaged file", () => {
  const whole = readFixture("tiny-reasonflux-prm-1.5b/model.safetensors");
  const headerEnd = 8 + new DataView(whole.buffer, whole.byteOffset).getUint32(0, true);

  it("is refused when cut short anywhere", async () => {
    for (let size = 0; size < whole.length; size += size < headerEnd ? 97 : 1024) {
      await expect(read(whole.subarray(0, size))).rejects.toMatchObject({ code: "malformed-file" });
    }
  });

  it("is refused, or is a list of tensors that fill it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(headerEnd - 1), fc.nat(255), async (at, value) => {
        try {
          const { tensors } = await read(patch(whole, at, value));
          let total = 0;
          for (const { dtype, shape, byteLength } of tensors.values()) {
            expect(byteLength).toBe(shape.reduce((a, b) => a * b, DTYPE_BYTES[dtype]));
            total += byteLength;
          }
          expect(total).toBe(whole.length - headerEnd);
        } catch (error) {
          expect(error).toMatchObject({ code: "malformed-file" });
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("is the same list when only its data is damaged", async () => {
    const expected = await summary(await read(whole));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: headerEnd, max: whole.length - 1 }), async (at) => {
        const damaged = patch(whole, at, (whole[at] ?? 0) ^ 0xff);
        expect(await summary(await read(damaged))).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  it("is refused when it is noise", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (noise) => {
        await expect(read(noise)).rejects.toMatchObject({ code: "malformed-file" });
      }),
    );
  });
});
