import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "../core/errors.ts";
import { bytesSource } from "./byte-source.ts";
import {
  buildArchive,
  dict,
  global,
  int32,
  NONE,
  PROTO,
  REDUCE,
  STOP,
  TUPLE1,
  tensor,
  text,
} from "./testing/build-pickle.ts";
import { buildZip } from "./testing/build-zip.ts";
import { concat, patch, utf8 } from "./testing/byte-strings.ts";
import { readTorchArchive } from "./torch-archive.ts";

const FILE = "reward_head.pt";
const read = (bytes: Uint8Array) => readTorchArchive(bytesSource(bytes, FILE));

function readFixture(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../e2e/fixtures/checkpoints/${path}`, import.meta.url)));
}

async function floats(bytes: Uint8Array): Promise<Record<string, unknown>> {
  const { source, tensors } = await read(bytes);
  const all: Record<string, unknown> = {};
  for (const [name, { shape, byteLength, locate }] of tensors) {
    const start = await locate();
    const part = new Uint8Array(await source.read(start, start + byteLength));
    all[name] = [shape, [...new Float32Array(part.buffer)]];
  }
  return all;
}

const STORAGES = { "0": [1, 2, 3, 4, 5, 6], "1": [7] };
const WEIGHT = tensor({ shape: [2, 3], key: "0", length: 6 });

describe("an archive", () => {
  it.each([{}, { zip64: true }])("is its tensors %j", async (options) => {
    const pickle = dict({ weight: WEIGHT, bias: tensor({ shape: [], key: "1", length: 1 }) });
    expect(await floats(buildArchive(pickle, STORAGES, options))).toEqual({
      weight: [
        [2, 3],
        [1, 2, 3, 4, 5, 6],
      ],
      bias: [[], [7]],
    });
  });

  it("may have several windows on one storage, and strides that say nothing", async () => {
    const pickle = dict({
      tied: WEIGHT,
      row: tensor({ shape: [1, 3], strides: [99, 1], offset: 3, key: "0", length: 6 }),
      none: tensor({ shape: [0, 4], strides: [1, 7], offset: 6, key: "0", length: 6 }),
      last: tensor({ shape: [1], strides: [5], offset: 5, key: "0", length: 6 }),
    });
    expect(await floats(buildArchive(pickle, STORAGES))).toEqual({
      tied: [
        [2, 3],
        [1, 2, 3, 4, 5, 6],
      ],
      row: [
        [1, 3],
        [4, 5, 6],
      ],
      none: [[0, 4], []],
      last: [[1], [6]],
    });
  });

  it("may call a tensor what JavaScript has a meaning for", async () => {
    const { tensors } = await read(buildArchive(dict({ ["__proto__"]: WEIGHT, toString: WEIGHT }), STORAGES));
    expect([...tensors.keys()]).toEqual(["__proto__", "toString"]);
  });

  it("may be of any format torch stores", async () => {
    const storages = ["Double", "Float", "Half", "BFloat16", "Long", "Int", "Short", "Char", "Byte", "Bool"];
    const names: string[] = [];
    for (const [i, width] of [8, 4, 2, 2, 8, 4, 2, 1, 1, 1].entries()) {
      const length = 8 / width;
      const pickle = dict({
        a: tensor({ shape: [length], key: "0", length, storage: `${storages[i]}Storage` }),
      });
      const { tensors } = await read(buildArchive(pickle, { "0": [0, 0] }));
      names.push(tensors.get("a")?.dtype ?? "");
    }
    expect(names).toEqual(["F64", "F32", "F16", "BF16", "I64", "I32", "I16", "I8", "U8", "BOOL"]);
  });
});

describe("a tensor is refused", () => {
  it.each([
    [
      "transposed",
      { shape: [2, 3], strides: [1, 2] },
      "tensor w of shape [2, 3] has strides [1, 2]: not row-major",
    ],
    ["expanded", { shape: [2, 3], strides: [0, 1] }, "not row-major"],
    ["with a step", { shape: [3], strides: [2] }, "not row-major"],
    ["backwards", { shape: [3], strides: [-1] }, "not row-major"],
    ["with too few strides", { shape: [2, 3], strides: [1] }, "not row-major"],
    ["behind its storage", { shape: [2, 3], offset: 1 }, "tensor w lies at bytes 4 to 28 of a storage of 24"],
    ["before its storage", { shape: [2], offset: -1 }, "tensor w lies at bytes -4 to 4"],
    ["larger than its storage", { shape: [7] }, "tensor w lies at bytes 0 to 28"],
    ["of a negative size", { shape: [-1] }, "tensor w has a dimension of -1"],
    ["of nine dimensions", { shape: Array(9).fill(1) }, "tensor w has 9 dimensions"],
    ["larger than any file", { shape: Array(4).fill(2 ** 30) }, "is larger than any file"],
    ["in a missing storage", { shape: [6], key: "9" }, "tensor w is in storage 9, which is missing"],
    ["in a storage elsewhere", { shape: [6], key: "../data.pkl" }, "tensor w is in storage ../data.pkl"],
    [
      "in a storage of another size",
      { shape: [6], length: 7 },
      "7 elements of F32, but the archive has 24 bytes",
    ],
    ["in a storage of another format", { shape: [6], storage: "HalfStorage" }, "6 elements of F16"],
    ["in a storage of no format", { shape: [6], storage: "UntypedStorage" }, "asks for torch.UntypedStorage"],
  ])("%s", async (_what, spec, message) => {
    const pickle = dict({ w: tensor({ key: "0", length: 6, ...spec }) });
    await expect(read(buildArchive(pickle, STORAGES))).rejects.toMatchObject({
      code: "malformed-file",
      message: expect.stringContaining(message),
    });
    await expect(read(buildArchive(pickle, STORAGES))).rejects.toThrow(/^reward_head\.pt/);
  });
});

describe("a file is refused", () => {
  it.each([
    [
      "that calls os.system",
      concat(PROTO, global("os", "system"), text("id"), TUPLE1, REDUCE, STOP),
      "reward_head.pt asks for os.system, which is not a tensor: refused",
    ],
    ["of one tensor", concat(PROTO, WEIGHT, STOP), "reward_head.pt: holds a tensor, not a dict of tensors"],
    ["of something else", concat(PROTO, NONE, STOP), "reward_head.pt: holds a None, not a dict of tensors"],
    ["with a number in it", dict({ epoch: int32(3) }), "reward_head.pt: epoch is a number, not a tensor"],
    [
      "with a nameless tensor",
      dict({ "": WEIGHT }),
      "reward_head.pt: a tensor's name has 0 characters, not 1 to 512: ",
    ],
  ])("%s", async (_what, pickle, message) => {
    await expect(read(buildArchive(pickle, STORAGES))).rejects.toMatchObject({
      code: "malformed-file",
      message,
    });
  });

  const pickle = { name: "x/data.pkl", bytes: dict({}) };

  it.each([
    ["without a pickle", [{ name: "x/version", bytes: utf8("3") }], "has 0 entries data.pkl, not one"],
    ["with two pickles", [pickle, { ...pickle, name: "y/data.pkl" }], "has 2 entries data.pkl, not one"],
    [
      "of a big-endian machine",
      [pickle, { name: "x/byteorder", bytes: utf8("big") }],
      "not written in little-endian",
    ],
    ["with a compressed pickle", [{ ...pickle, method: 8 }], "its entry x/data.pkl is compressed (method 8)"],
  ])("%s", async (_what, parts, message) => {
    await expect(read(buildZip(parts))).rejects.toMatchObject({
      code: "malformed-file",
      message: expect.stringContaining(message),
    });
  });

  it("of torch before 1.6, in one sentence", async () => {
    // What Python writes for pickle.dumps(0x1950a86a20f9469cfc6c, 2), the first of a file's pickles.
    const magic = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];
    const old = concat(Uint8Array.from(magic), new Uint8Array(99));
    await expect(read(old)).rejects.toMatchObject({
      code: "unsupported-model",
      message:
        "reward_head.pt is in the format of torch before 1.6, which is not read: load it with torch and save it again",
    });
  });

  it.each([
    ["empty", new Uint8Array(0)],
    ["a bare pickle", dict({})],
    ["a tar file", concat(new Uint8Array(257), utf8("ustar"), new Uint8Array(250))],
  ])("that is %s", async (_what, bytes) => {
    await expect(read(bytes)).rejects.toThrow("reward_head.pt: is not a zip file, which torch.save writes");
  });
});

describe("a damaged file", () => {
  const small = readFixture("tiny-reasonflux-prm-1.5b/reward_head.pt");
  const large = readFixture("tiny-skywork-prm/pytorch_model.bin");

  it("is refused when cut short anywhere", async () => {
    for (let size = 0; size < small.length; size++) {
      await expect(read(small.subarray(0, size))).rejects.toMatchObject({ code: "malformed-file" });
    }
    for (let size = 0; size < large.length; size += 1024) {
      await expect(read(large.subarray(0, size))).rejects.toMatchObject({ code: "malformed-file" });
    }
  });

  it("is refused, or is tensors that lie inside of it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(small.length - 1), fc.nat(255), async (at, value) => {
        try {
          const damaged = patch(small, at, value);
          const { tensors } = await read(damaged);
          for (const { byteLength, locate } of tensors.values()) {
            expect((await locate()) + byteLength).toBeLessThanOrEqual(damaged.length);
          }
          expect(tensors.size).toBe(2);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect(error).toMatchObject({ code: "malformed-file" });
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("is refused when it is noise behind a right start", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (noise) => {
        await expect(read(concat(utf8("PK\x03\x04"), noise))).rejects.toMatchObject({
          code: "malformed-file",
        });
      }),
    );
  });
});
