/** Every set of kernels against the stored graph, whose attention is ONNX Runtime's own operator. */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { KERNEL_SETS } from "./index.ts";
import type { KernelSet } from "./kernel-set.ts";
import { convertInMemory, type TestModel, testModel } from "./testing/converted-models.ts";
import { openRewritten, openStored, type RunChunks } from "./testing/run-graph.ts";

vi.setConfig({ testTimeout: 120_000 });

const ROOT = new URL("../../", import.meta.url);

function readFolder(folder: string): Record<string, Uint8Array> {
  const url = new URL(`${folder}/`, ROOT);
  return Object.fromEntries(
    readdirSync(url, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, new Uint8Array(readFileSync(new URL(name, url)))]),
  );
}

const CHECKPOINTS = [
  ["tiny-qwen2.5-math-prm", "qwen2.5-math-prm"],
  ["tiny-skywork-prm", "skywork-o1-open-prm"],
  ["tiny-math-shepherd", "math-shepherd"],
  ["tiny-rlhflow-llama3", "rlhflow-llama3.1-8b-prm"],
  ["tiny-reasoneval", "reasoneval"],
] as const;

/** Largest difference of logits from the stored graph's, by the type of its activations. */
const EXACT = { float32: 1e-4, float16: 2e-2 };

const TOKENS = 45;

function tokens({ vocabulary }: TestModel): number[] {
  return Array.from({ length: TOKENS }, (_, index) => (1 + index * 7919) % vocabulary);
}

function largestDifference(one: Float32Array, other: Float32Array): number {
  expect(one).toHaveLength(other.length);
  return one.reduce((worst, value, at) => Math.max(worst, Math.abs(value - (other[at] ?? Number.NaN))), 0);
}

/** Ways to cut the tokens into chunks. */
const chunkings = fc.uniqueArray(fc.integer({ min: 1, max: TOKENS - 1 }), { maxLength: 6 }).map((cuts) => {
  const sorted = [0, ...cuts.sort((a, b) => a - b), TOKENS];
  return sorted.slice(1).map((cut, index) => cut - (sorted[index] ?? 0));
});

async function expectSameLogits(
  run: RunChunks,
  reference: Float32Array,
  ids: readonly number[],
  tolerance: number,
) {
  expect(largestDifference(await run(ids, [TOKENS]), reference)).toBeLessThan(tolerance);
  await fc.assert(
    fc.asyncProperty(chunkings, async (chunks) => {
      expect(largestDifference(await run(ids, chunks), reference)).toBeLessThan(tolerance);
    }),
    { numRuns: 4 },
  );
}

/** What int8 may be off by: this part of the largest logit. */
const ROUNDED = 0.1;

async function expectSets(model: TestModel, exact: number): Promise<void> {
  const ids = tokens(model);
  const reference = await (await openStored(model))(ids, [TOKENS]);
  const largest = reference.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const toleranceOf = (set: KernelSet) => (set.isExact ? exact : exact + ROUNDED * largest);
  expect(reference.every(Number.isFinite)).toBe(true);
  expect(new Set(reference).size).toBeGreaterThan(TOKENS / 2);
  for (const set of KERNEL_SETS) {
    await expectSameLogits(await openRewritten(model, set), reference, ids, toleranceOf(set));
  }
}

describe.each(CHECKPOINTS)("%s", (name, protocol) => {
  it.each(["fp32", "q8", "q4", "fp16", "q4f16"] as const)("as %s", async (dtype) => {
    const model = await convertInMemory(readFolder(`e2e/fixtures/checkpoints/${name}`), protocol, dtype);
    await expectSets(model, dtype.includes("16") ? EXACT.float16 : EXACT.float32);
  });
});

it("the embedded model", async () => {
  const { "model_q4.onnx": graph = new Uint8Array(), ...files } = readFolder(
    "public/models/stepscope-prm/onnx",
  );
  await expectSets(testModel(graph, new Map(Object.entries(files)), 49_152), EXACT.float32);
});
