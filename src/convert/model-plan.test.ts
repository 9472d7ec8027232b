/** Choices made while files are being written move what comes after them, and nothing else. */
import { Buffer } from "node:buffer";
import { expect, it } from "vitest";
import { protocolById } from "../core/protocols/index.ts";
import { planDecoder } from "./architectures/index.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { convert } from "./convert.ts";
import { schemeById } from "./quantize/index.ts";
import { bytesOf } from "./quantize/scheme.ts";
import { readWritten } from "./testing/dequantize.ts";
import { memoryFiles } from "./testing/memory-files.ts";
import { memorySink } from "./testing/memory-sink.ts";
import { multiplySlowly } from "./testing/multiply-slowly.ts";
import { randomCheckpoint } from "./testing/random-checkpoint.ts";

/** Without biases, so that matrices lie next to each other. */
const { config, weights } = randomCheckpoint(
  {
    modelType: "llama",
    hiddenSize: 96,
    intermediateSize: 160,
    layers: 2,
    heads: 6,
    keyValueHeads: 3,
    vocabularySize: 60,
    head: { "score.weight": [2, 96], "score.bias": [2] },
    stored: "F32",
  },
  5,
  (name, values) => {
    // Outliers, for which 4 bits are too few.
    if (name.includes("v_proj")) {
      values.set(values.map((value, index) => (index % 32 === 3 ? 20 * value : value)));
    }
  },
);

async function convertInto(maxFileSize: number) {
  const files = memoryFiles({ "model.safetensors": weights, "tokenizer.json": new Uint8Array() });
  const checkpoint = await openCheckpoint(files);
  const short = { ...config, max_position_embeddings: 64 };
  const request = {
    files,
    checkpoint,
    config: short,
    plan: planDecoder(short),
    protocol: protocolById("trl-prm"),
    scheme: schemeById("q4"),
    candidateIds: [],
    sequences: [[1, 2, 3, 4, 5, 6, 7]],
    maxFileSize,
  };
  const { sink, written } = memorySink();
  const ctx = { signal: new AbortController().signal, emit: () => undefined };
  const { choices } = await convert(request, sink, multiplySlowly, ctx);
  const shapes = new Map([...checkpoint.tensors.values()].map(({ name, shape }) => [name, shape]));
  const model = written.get("onnx/model_q4.onnx") ?? new Uint8Array();
  const sizes = [...written].flatMap(([path, { length }]) => (path.includes("onnx_data") ? [length] : []));
  return { choices, sizes, weights: readWritten(model, written, shapes) };
}

it("the same weights are found in files of any size", async () => {
  const whole = await convertInto(2 ** 20);
  const bits = [...whole.choices.values()].map((choice) => choice.bits);
  expect(new Set(bits)).toEqual(new Set([4, 8]));
  expect(whole.sizes).toHaveLength(1);
  for (let limit = 40_000; limit < 64_000; limit += 1000) {
    const cut = await convertInto(limit);
    expect(Math.max(...cut.sizes)).toBeLessThanOrEqual(limit);
    expect(cut.choices).toEqual(whole.choices);
    for (const [name, values] of whole.weights) {
      const own = cut.weights.get(name) ?? new Float32Array();
      expect([name, Buffer.compare(bytesOf(values), bytesOf(own))]).toEqual([name, 0]);
    }
  }
}, 60_000);
