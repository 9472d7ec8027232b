import { describe, expect, it } from "vitest";
import { openCheckpoint } from "./checkpoint.ts";
import { buildArchive, dict, global, PROTO, STOP, tensor } from "./testing/build-pickle.ts";
import { buildFloatSafetensors, buildSafetensors } from "./testing/build-safetensors.ts";
import { concat, utf8 } from "./testing/byte-strings.ts";
import { memoryFiles } from "./testing/memory-files.ts";

const open = (files: Readonly<Record<string, Uint8Array>>) => openCheckpoint(memoryFiles(files));

const MODEL = { "model.safetensors": buildFloatSafetensors({ a: [1, 2, 3] }) };
const SYSTEM = buildArchive(concat(PROTO, global("os", "system"), STOP));

describe("files", () => {
  it("are chosen in order, and the others left alone", async () => {
    const pickle = dict({ b: tensor({ shape: [1], key: "0", length: 1 }) });
    const archive = buildArchive(pickle, { "0": [5] });
    const files = {
      ...MODEL,
      "pytorch_model.bin": SYSTEM,
      "training_args.bin": SYSTEM,
      "optimizer.pt": SYSTEM,
    };
    expect([...(await open(files)).tensors.keys()]).toEqual(["a"]);
    const index = utf8('{"weight_map": {"b": "pytorch_model-00001-of-00001.bin"}}');
    const sharded = { "pytorch_model.bin.index.json": index, "pytorch_model-00001-of-00001.bin": archive };
    expect([...(await (await open(sharded)).readFloat32("b"))]).toEqual([5]);
    const head = {
      ...MODEL,
      "reward_head.safetensors": buildFloatSafetensors({ weight: [9] }),
      "reward_head.pt": SYSTEM,
    };
    expect([...(await (await open(head)).readFloat32("reward_head.weight"))]).toEqual([9]);
  });

  it.each([
    [
      "no model",
      { "config.json": utf8("{}"), "onnx/model.safetensors": SYSTEM },
      "bad-input",
      "no checkpoint here: none of model.safetensors.index.json, model.safetensors",
    ],
    [
      "a head that calls",
      { ...MODEL, "reward_head.pt": SYSTEM },
      "malformed-file",
      "reward_head.pt asks for os.system, which is not a tensor: refused",
    ],
    [
      "a shard that is missing",
      { "model.safetensors.index.json": utf8('{"weight_map": {"a": "1.safetensors"}}') },
      "malformed-file",
      "model.safetensors.index.json: names 1.safetensors, which is missing",
    ],
    [
      "a shard elsewhere",
      { ...MODEL, "model.safetensors.index.json": utf8('{"weight_map": {"a": "../a"}}') },
      "malformed-file",
      "tensor a is in ../a, which is not a plain file name",
    ],
    [
      "one name in two files",
      {
        "model.safetensors": buildFloatSafetensors({ "reward_head.b": [1] }),
        "reward_head.safetensors": buildFloatSafetensors({ b: [1] }),
      },
      "malformed-file",
      "reward_head.safetensors: tensor reward_head.b is also in model.safetensors",
    ],
    [
      "a pointer",
      { "model.safetensors": utf8("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n") },
      "malformed-file",
      "model.safetensors: is a Git LFS pointer",
    ],
  ] satisfies [string, Record<string, Uint8Array>, string, string][])(
    "are refused with %s",
    async (_what, files, code, message) => {
      await expect(open(files)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
    },
  );

  it("may not vanish", async () => {
    const files = { list: async () => ["model.safetensors"], open: async () => undefined };
    await expect(openCheckpoint(files)).rejects.toThrow("model.safetensors is listed, but missing");
  });

  it("are not read any more when it is cancelled", async () => {
    await expect(openCheckpoint(memoryFiles(MODEL), AbortSignal.abort())).rejects.toMatchObject({
      code: "cancelled",
    });
  });
});

describe("reading", () => {
  it("names a tensor that is not there, or holds no floats", async () => {
    const rows = { ids: { dtype: "I64", shape: [1], data_offsets: [0, 8] } };
    const checkpoint = await open({ "model.safetensors": buildSafetensors(rows, new Uint8Array(8)) });
    await expect(checkpoint.readFloat32("__proto__")).rejects.toMatchObject({
      code: "malformed-file",
      message: "the checkpoint has no tensor __proto__",
    });
    await expect(checkpoint.readFloat32("ids")).rejects.toMatchObject({
      code: "malformed-file",
      message: "model.safetensors: tensor ids is stored as I64: no floating-point numbers",
    });
  });

  it.each([
    [-1, 1],
    [0, 4],
    [4, 0],
    [2, -1],
    [0.5, 1],
    [0, 1.5],
    [Number.NaN, 1],
  ])("takes a row %d, and %d rows from it, for a bug where there are none", async (first, count) => {
    const checkpoint = await open(MODEL);
    await expect(checkpoint.readFloat32("a", first, count)).rejects.toThrow(/^no rows .* of the 3 of a$/);
  });

  it("names the tensor whose file has become shorter", async () => {
    const memory = memoryFiles(MODEL);
    let isShort = false;
    const checkpoint = await openCheckpoint({
      list: memory.list,
      open: async (path) => {
        const source = await memory.open(path);
        return source && { ...source, read: (start, end) => source.read(start, isShort ? end + 99 : end) };
      },
    });
    isShort = true;
    await expect(checkpoint.readFloat32("a")).rejects.toMatchObject({
      code: "malformed-file",
      message: expect.stringMatching(/^tensor a: model\.safetensors: ends early/),
    });
  });

  it("takes scalars and empty tensors for what they are", async () => {
    const rows = {
      none: { dtype: "F32", shape: [0, 4], data_offsets: [0, 0] },
      scalar: { dtype: "F32", shape: [], data_offsets: [0, 4] },
    };
    const data = new Uint8Array(Float32Array.of(1.5).buffer);
    const checkpoint = await open({ "model.safetensors": buildSafetensors(rows, data) });
    expect([...(await checkpoint.readFloat32("scalar"))]).toEqual([1.5]);
    expect([...(await checkpoint.readFloat32("none"))]).toEqual([]);
  });
});
