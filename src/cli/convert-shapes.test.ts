/**
 * Checkpoints of odd sizes in every dtype: what the written graph gives on onnxruntime-node against the float32
 * pass of the weights that were written, read back one by one.
 */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { convertCheckpoint } from "../conversion/convert-checkpoint.ts";
import { openCheckpoint } from "../convert/checkpoint.ts";
import { SCHEMES } from "../convert/quantize/index.ts";
import { buildPlain, readWritten } from "../convert/testing/dequantize.ts";
import { memoryFiles } from "../convert/testing/memory-files.ts";
import { type RandomCheckpoint, randomCheckpoint } from "../convert/testing/random-checkpoint.ts";
import type { DtypeId } from "../core/dtypes.ts";
import type { ModelManifest } from "../core/manifest.ts";
import { folderWorkshop } from "./folder-workshop.ts";

const scratch = mkdtempSync(join(tmpdir(), "stepscope-shapes-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
let outputs = 0;

interface Case extends RandomCheckpoint {
  readonly protocol: string;
  /** Fixture whose tokenizer it has. */
  readonly tokenizer: string;
  /** Too small for some of its tensors, and large enough for rope tables, which are not cut. */
  readonly smallFile: number;
}

const CASES: Readonly<Record<string, Case>> = {
  "one layer, 48 wide": {
    modelType: "qwen2",
    hiddenSize: 48,
    intermediateSize: 80,
    layers: 1,
    heads: 3,
    keyValueHeads: 1,
    vocabularySize: 643,
    head: { "score.weight": [2, 48], "score.bias": [2] },
    stored: "BF16",
    protocol: "trl-prm",
    tokenizer: "tiny-trl-prm",
    smallFile: 33_000,
  },
  "a head size of its own, tied to the embedding": {
    modelType: "llama",
    hiddenSize: 40,
    intermediateSize: 70,
    layers: 2,
    heads: 2,
    keyValueHeads: 2,
    headSize: 48,
    vocabularySize: 641,
    head: {},
    stored: "F16",
    protocol: "rlhflow-llama3.1-8b-prm",
    tokenizer: "tiny-rlhflow-llama3",
    smallFile: 100_000,
  },
  "a language-model head beside the embedding": {
    modelType: "mistral",
    hiddenSize: 80,
    intermediateSize: 50,
    layers: 2,
    heads: 5,
    keyValueHeads: 1,
    vocabularySize: 647,
    head: { "lm_head.weight": [647, 80] },
    stored: "BF16",
    protocol: "math-shepherd",
    tokenizer: "tiny-math-shepherd",
    smallFile: 33_000,
  },
  "ten rows, and as many keys as queries": {
    modelType: "qwen2",
    hiddenSize: 48,
    intermediateSize: 10,
    layers: 1,
    heads: 3,
    keyValueHeads: 3,
    vocabularySize: 701,
    head: {
      "score.0.weight": [48, 48],
      "score.0.bias": [48],
      "score.2.weight": [2, 48],
      "score.2.bias": [2],
    },
    stored: "F32",
    protocol: "qwen2.5-math-prm",
    tokenizer: "tiny-qwen2.5-math-prm",
    smallFile: 33_000,
  },
};

type Files = Readonly<Record<string, Uint8Array>>;

function filesOf({ tokenizer, ...spec }: Case): Files {
  const folder = `e2e/fixtures/checkpoints/${tokenizer}`;
  const texts = ["tokenizer.json", "tokenizer_config.json", "chat_template.jinja"]
    .filter((name) => readdirSync(folder).includes(name))
    .map((name) => [name, readFileSync(join(folder, name))] as const);
  const { config, weights } = randomCheckpoint(spec, 7);
  return {
    ...Object.fromEntries(texts),
    "config.json": new TextEncoder().encode(JSON.stringify(config)),
    "model.safetensors": weights,
  };
}

interface Converted {
  readonly manifest: ModelManifest;
  readonly written: Map<string, Uint8Array>;
}

async function convertFiles(
  files: Files,
  protocol: string,
  dtype: DtypeId,
  maxFileSize?: number,
): Promise<Converted> {
  outputs += 1;
  const out = join(scratch, String(outputs));
  const host = { ...folderWorkshop(out), files: memoryFiles(files) };
  const options = { name: "odd", dtype, protocol, licence: "none" };
  const manifest = await convertCheckpoint(
    maxFileSize === undefined ? options : { ...options, maxFileSize },
    host,
    { signal: new AbortController().signal, emit: () => undefined },
  );
  const written = new Map(manifest.files.map(({ path }) => [path, readFileSync(join(out, path))]));
  return { manifest, written };
}

/** Rewards of the checkpoint whose weights are those that were written, by its float32 pass. */
async function rewardsOfWritten(files: Files, { manifest, written }: Converted): Promise<readonly number[]> {
  const checkpoint = await openCheckpoint(memoryFiles(files));
  const shapes = new Map([...checkpoint.tensors.values()].map(({ name, shape }) => [name, shape]));
  const model = [...written].find(([path]) => path.endsWith(".onnx"))?.[1] ?? new Uint8Array();
  const tensors = readWritten(model, written, shapes);
  for (const name of [...shapes.keys()].filter((one) => !tensors.has(one))) {
    tensors.set(name, await checkpoint.readFloat32(name));
  }
  if (!shapes.has("lm_head.weight")) {
    // Rows of a head that is tied to the embedding are written as they were.
    const embedding = "model.embed_tokens.weight";
    shapes.set("lm_head.weight", shapes.get(embedding) ?? []);
    tensors.set("lm_head.weight", await checkpoint.readFloat32(embedding));
  }
  const plain = { ...files, "model.safetensors": buildPlain(tensors, shapes) };
  return (await convertFiles(plain, manifest.protocol, "fp32")).manifest.canary.rewards;
}

function largestDifference(one: readonly number[] | undefined, other: readonly number[]): number {
  expect(one).toHaveLength(other.length);
  return Math.max(...other.map((reward, index) => Math.abs(reward - (one?.[index] ?? Number.NaN))));
}

describe.each(Object.entries(CASES))("%s", (_, spec) => {
  it.each(SCHEMES.map(({ id, activations }) => [id, activations] as const))(
    "as %s",
    async (dtype, activations) => {
      const files = filesOf(spec);
      const converted = await convertFiles(files, spec.protocol, dtype);
      const { rewards, converted_rewards: own } = converted.manifest.canary;
      const tolerance = activations === "float16" ? 5e-3 : 1e-4;
      expect(largestDifference(own, await rewardsOfWritten(files, converted))).toBeLessThan(tolerance);
      if (dtype === "fp32" || dtype === "fp16") {
        expect(largestDifference(own, rewards)).toBeLessThan(tolerance);
      }
      expect(new Set(rewards.map((reward) => reward.toFixed(6))).size).toBeGreaterThan(1);
    },
  );

  it.each(["fp32", "q4", "q4f16"] as const)(
    "as %s gives the same in files too small for its tensors",
    async (dtype) => {
      const files = filesOf(spec);
      const whole = await convertFiles(files, spec.protocol, dtype);
      const cut = await convertFiles(files, spec.protocol, dtype, spec.smallFile);
      const sizes = cut.manifest.files
        .filter(({ path }) => path.includes("onnx_data"))
        .map(({ size }) => size);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(spec.smallFile);
      expect(sizes.length).toBeGreaterThan(1);
      const { converted_rewards: expected = [] } = whole.manifest.canary;
      const tolerance = dtype === "q4f16" ? 2e-3 : 1e-6;
      expect(largestDifference(cut.manifest.canary.converted_rewards, expected)).toBeLessThan(tolerance);
      const restored = await rewardsOfWritten(files, cut);
      expect(largestDifference(restored, await rewardsOfWritten(files, whole))).toBe(0);
    },
  );
});
