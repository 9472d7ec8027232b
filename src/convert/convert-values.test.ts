/** Weights that a dtype cannot hold, or that are no numbers: refused with the tensor's name, never written. */
import { describe, expect, it } from "vitest";
import type { DtypeId } from "../core/dtypes.ts";
import { protocolById } from "../core/protocols/index.ts";
import { planDecoder } from "./architectures/index.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { convert } from "./convert.ts";
import { SCHEMES, schemeById } from "./quantize/index.ts";
import { readWritten } from "./testing/dequantize.ts";
import { memoryFiles } from "./testing/memory-files.ts";
import { memorySink } from "./testing/memory-sink.ts";
import { multiplySlowly } from "./testing/multiply-slowly.ts";
import { type RandomCheckpoint, randomCheckpoint } from "./testing/random-checkpoint.ts";

const SPEC: RandomCheckpoint = {
  modelType: "qwen2",
  hiddenSize: 32,
  intermediateSize: 40,
  layers: 1,
  heads: 2,
  keyValueHeads: 1,
  vocabularySize: 50,
  head: { "score.weight": [2, 32], "score.bias": [2] },
  stored: "F32",
};

const ALL = SCHEMES.map(({ id }) => id);
const HALF = ["fp16", "q4f16"] as const;

/** Converts a checkpoint with one of its tensors changed. */
async function convertChanged(dtype: DtypeId, tensor: string, change: (values: Float32Array) => void) {
  const { config, weights } = randomCheckpoint(SPEC, 3, (name, values) => {
    if (name === tensor) {
      change(values);
    }
  });
  const files = memoryFiles({ "model.safetensors": weights, "tokenizer.json": new Uint8Array() });
  const checkpoint = await openCheckpoint(files);
  const memory = memorySink();
  const request = {
    files,
    checkpoint,
    config,
    plan: planDecoder(config),
    protocol: protocolById("trl-prm"),
    scheme: schemeById(dtype),
    candidateIds: [],
    sequences: [[1, 2, 3, 4]],
  };
  const ctx = { signal: new AbortController().signal, emit: () => undefined };
  const { logits } = await convert(request, memory.sink, multiplySlowly, ctx).finally(() =>
    expect([...memory.open]).toEqual([]),
  );
  const shapes = new Map([...checkpoint.tensors.values()].map(({ name, shape }) => [name, shape]));
  const model = [...memory.written].find(([path]) => path.endsWith(".onnx"))?.[1] ?? new Uint8Array();
  return { logits: logits.flat(2), written: readWritten(model, memory.written, shapes) };
}

const set = (at: number, value: number) => (values: Float32Array) => {
  values[at] = value;
};

describe("a value beyond 16-bit floats", () => {
  it.each([
    ["fp16", "model.layers.0.mlp.gate_proj.weight"],
    ["fp16", "model.embed_tokens.weight"],
    ["fp16", "model.layers.0.self_attn.k_proj.bias"],
    ["q4f16", "model.norm.weight"],
  ] as const)("is refused in %s: %s", async (dtype, tensor) => {
    await expect(convertChanged(dtype, tensor, set(7, -70_000))).rejects.toMatchObject({
      code: "unsupported-model",
      message: expect.stringContaining(tensor.replace(/\.(weight|bias)$/, "")),
    });
  });

  it.each([
    ["q4f16", "model.layers.0.mlp.down_proj.weight", 5e6],
    ["q4f16", "model.embed_tokens.weight", 9e6],
  ] as const)(
    "is refused in %s where it makes a scale that is beyond them, too: %s",
    async (dtype, tensor, value) => {
      await expect(convertChanged(dtype, tensor, set(7, value))).rejects.toMatchObject({
        code: "unsupported-model",
      });
    },
  );

  it.each(["fp32", "q8", "q4"] as const)("is kept in %s", async (dtype) => {
    const tensor = "model.layers.0.mlp.gate_proj.weight";
    const { written } = await convertChanged(dtype, tensor, set(7, -70_000));
    expect((written.get(tensor)?.[7] ?? 0) / -70_000).toBeCloseTo(1, 1);
  });
});

describe("activations beyond 16-bit floats", () => {
  const tensor = "model.layers.0.mlp.down_proj.weight";
  const grow = (values: Float32Array) => values.set(values.map((value) => value * 3e5));

  it.each(HALF)("are refused in %s, naming the layer", async (dtype) => {
    await expect(convertChanged(dtype, tensor, grow)).rejects.toMatchObject({
      code: "unsupported-model",
      message: expect.stringMatching(/(down_proj gives values up to \d+|down_proj.weight holds)/),
    });
  });

  it.each(["fp32", "q8", "q4"] as const)("are nothing to %s", async (dtype) => {
    const { logits } = await convertChanged(dtype, tensor, grow);
    expect(logits.every(Number.isFinite)).toBe(true);
  });
});

describe("a value that is no finite number", () => {
  const tensors = [
    "model.embed_tokens.weight",
    "model.layers.0.self_attn.q_proj.weight",
    "model.layers.0.self_attn.v_proj.bias",
    "model.layers.0.mlp.down_proj.weight",
    "model.norm.weight",
    "score.weight",
    "score.bias",
  ];

  it.each(
    ALL.flatMap((dtype) =>
      [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(
        (value) => [dtype, value] as const,
      ),
    ),
  )("is refused in %s with its file and tensor: %d", async (dtype, value) => {
    for (const tensor of tensors) {
      // The last one: of the embedding, in a row that the canary has no use for.
      const change = (values: Float32Array) => values.fill(value, values.length - 1);
      await expect(convertChanged(dtype, tensor, change)).rejects.toMatchObject({
        code: "malformed-file",
        message: `model.safetensors: tensor ${tensor} holds a value that is not a finite number`,
      });
    }
  });

  it("is not blamed on weights that are finite and too large to be multiplied", async () => {
    const grow = (values: Float32Array) => values.fill(3e38);
    await expect(convertChanged("fp32", "model.layers.0.mlp.down_proj.weight", grow)).rejects.toThrow(
      "model.layers.0.mlp.down_proj gives values that are not finite numbers",
    );
  });
});

it("keeps weights whose scales are below the smallest 16-bit float", async () => {
  const tensor = "model.layers.0.self_attn.o_proj.weight";
  const { written } = await convertChanged("q4f16", tensor, (values) =>
    values.set(values.map((_, index) => (index % 2 === 0 ? 4e-7 : -2e-7))),
  );
  for (const value of written.get(tensor) ?? []) {
    // The smallest step there is: 2^-24, some 6e-8.
    expect(Math.abs(value - (value > 0 ? 4e-7 : -2e-7))).toBeLessThanOrEqual(2 ** -24);
  }
});
