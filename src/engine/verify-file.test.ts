import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { verified } from "./verify-file.ts";

const bytes = new TextEncoder().encode("stepscope weights");
const file = {
  path: "onnx/model.onnx",
  size: bytes.length,
  sha256: createHash("sha256").update(bytes).digest("hex"),
};

async function* chunks(...parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

async function drain(source: AsyncIterable<Uint8Array>): Promise<number[]> {
  const all: number[] = [];
  for await (const part of source) {
    all.push(...part);
  }
  return all;
}

it("passes the bytes on", async () => {
  expect(await drain(verified(file, chunks(bytes.slice(0, 5), bytes.slice(5))))).toEqual([...bytes]);
});

it("says how much of a file cut short has arrived", async () => {
  await expect(drain(verified(file, chunks(bytes.slice(0, 5))))).rejects.toThrow(
    "onnx/model.onnx is cut short: 5 of 17 bytes",
  );
});

it("refuses a longer file", async () => {
  await expect(drain(verified(file, chunks(bytes, bytes)))).rejects.toThrow("is longer than its 17 bytes");
});

it("refuses one flipped bit", async () => {
  const flipped = bytes.slice();
  flipped[3] = (flipped[3] ?? 0) ^ 1;
  await expect(drain(verified(file, chunks(flipped)))).rejects.toThrow("does not match the SHA-256");
});
