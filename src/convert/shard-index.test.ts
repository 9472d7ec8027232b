import { expect, it } from "vitest";
import { bytesSource } from "./byte-source.ts";
import { readSafetensors } from "./safetensors.ts";
import { parseShardIndex, readShards } from "./shard-index.ts";
import { buildFloatSafetensors } from "./testing/build-safetensors.ts";
import { utf8 } from "./testing/byte-strings.ts";
import { memoryFiles } from "./testing/memory-files.ts";

const INDEX = "model.safetensors.index.json";
const parse = (text: string) => parseShardIndex(utf8(text), INDEX);
const indexOf = (map: Readonly<Record<string, unknown>>) =>
  bytesSource(utf8(JSON.stringify({ metadata: {}, weight_map: map })), INDEX);
const files = memoryFiles({
  "1.safetensors": buildFloatSafetensors({ a: [1], b: [2] }),
  "2.safetensors": buildFloatSafetensors({ c: [3] }),
});

it("groups tensors by their file", () => {
  const text = '{"weight_map": {"a": "1.safetensors", "c": "2.safetensors", "__proto__": "1.safetensors"}}';
  expect([...parse(text)]).toEqual([
    ["1.safetensors", ["a", "__proto__"]],
    ["2.safetensors", ["c"]],
  ]);
});

it.each([
  "../secret",
  "..",
  ".",
  "",
  "/etc/passwd",
  "a/b.safetensors",
  "a\\b.safetensors",
  "C:b",
  "%2e%2e%2fb",
  "https://example.org/b",
  "b?c",
  "b\0c",
  "b\nc",
  `${"b".repeat(300)}`,
  7,
  null,
  ["b"],
])("refuses the file name %j", (shard) => {
  expect(() => parse(JSON.stringify({ weight_map: { a: shard } }))).toThrow(
    expect.objectContaining({
      code: "malformed-file",
      message: expect.stringMatching(
        /^model\.safetensors\.index\.json: tensor a is in .*, which is not a plain file name$/,
      ),
    }),
  );
});

it.each([
  ["{}", "has no object weight_map"],
  ['{"weight_map": []}', "has no object weight_map"],
  ['{"weight_map": {}}', "lists 0 tensors"],
  ['{"weight_map": {"a": "1", "a": "2"}}', "has the key a twice"],
  ['{"weight_map": {"": "1"}}', "a tensor's name has 0 characters"],
  ["[", "is not JSON"],
])("refuses %s", (text, message) => {
  expect(() => parse(text)).toThrow(message);
});

it("refuses more files than any model has", () => {
  const map = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`t${i}`, `s${i}`]));
  expect(() => parse(JSON.stringify({ weight_map: map }))).toThrow("names 3000 files, more than 2048");
});

it("reads what the index lists, and no more", async () => {
  const read = await readShards(indexOf({ a: "1.safetensors", c: "2.safetensors" }), files, readSafetensors);
  expect(read.map(({ source, tensors }) => [source.name, ...tensors.keys()])).toEqual([
    ["1.safetensors", "a"],
    ["2.safetensors", "c"],
  ]);
});

it("names a shard that is missing", async () => {
  await expect(readShards(indexOf({ a: "3.safetensors" }), files, readSafetensors)).rejects.toMatchObject({
    code: "malformed-file",
    message: "model.safetensors.index.json: names 3.safetensors, which is missing",
  });
});

it("names a tensor that its shard lacks", async () => {
  await expect(readShards(indexOf({ a: "2.safetensors" }), files, readSafetensors)).rejects.toMatchObject({
    code: "malformed-file",
    message: "2.safetensors: does not hold tensor a, which model.safetensors.index.json places in it",
  });
});

it("does not read an index of gigabytes", async () => {
  const huge = { name: INDEX, size: 2 ** 33, read: () => Promise.reject(new Error("read")) };
  await expect(readShards(huge, files, readSafetensors)).rejects.toThrow("has 8589934592 bytes, more than");
});
