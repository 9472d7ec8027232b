import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Checkpoint, openCheckpoint } from "./checkpoint.ts";
import { memoryFiles } from "./testing/memory-files.ts";

/** The files of a checkpoint among the fixtures. */
function readFixture(name: string): Record<string, Uint8Array> {
  const folder = new URL(`../../e2e/fixtures/checkpoints/${name}/`, import.meta.url);
  return Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(new URL(file, folder))]));
}

const open = (files: Readonly<Record<string, Uint8Array>>, reads?: string[]) =>
  openCheckpoint(memoryFiles(files, reads));

const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);

/** Sizes of the seven projections, two norms and three biases of a layer, by name. */
const LAYER_SHAPES = {
  "input_layernorm.weight": [128],
  "mlp.down_proj.weight": [128, 256],
  "mlp.gate_proj.weight": [256, 128],
  "mlp.up_proj.weight": [256, 128],
  "post_attention_layernorm.weight": [128],
  "self_attn.k_proj.bias": [64],
  "self_attn.k_proj.weight": [64, 128],
  "self_attn.o_proj.weight": [128, 128],
  "self_attn.q_proj.bias": [128],
  "self_attn.q_proj.weight": [128, 128],
  "self_attn.v_proj.bias": [64],
  "self_attn.v_proj.weight": [64, 128],
};

/** Names and shapes of the two layers of a tiny model. */
function layers(prefix: string): Record<string, readonly number[]> {
  const named = [0, 1].flatMap((layer) =>
    Object.entries(LAYER_SHAPES).map(([name, shape]) => [`${prefix}layers.${layer}.${name}`, shape] as const),
  );
  return Object.fromEntries(named);
}

const shapesOf = ({ tensors }: Checkpoint) =>
  Object.fromEntries([...tensors.values()].map(({ name, shape }) => [name, shape]));

/** Name, first three values, last value, sum of all: decoded from the file by a script of its own in Python. */
type Expected = readonly [name: string, first: readonly number[], last: number, sum: number];

async function expectValues(checkpoint: Checkpoint, expected: readonly Expected[]): Promise<void> {
  for (const [name, first, last, total] of expected) {
    const values = await checkpoint.readFloat32(name);
    expect([name, ...values.subarray(0, 3)]).toEqual([name, ...first]);
    expect([name, values.at(-1)]).toEqual([name, last]);
    expect(sum(values)).toBeCloseTo(total, 9);
  }
}

describe("tiny-skywork-prm", () => {
  it("is read from pytorch_model.bin", async () => {
    const checkpoint = await open(readFixture("tiny-skywork-prm"));
    expect(shapesOf(checkpoint)).toEqual({
      "pretrained_model.model.embed_tokens.weight": [640, 128],
      ...layers("pretrained_model.model."),
      "pretrained_model.model.norm.weight": [128],
      "v_head.summary.weight": [1, 128],
      "v_head.summary.bias": [1],
    });
    const dtypes = [...checkpoint.tensors.values()].map(({ dtype }) => dtype);
    expect(dtypes).toEqual([...Array(26).fill("BF16"), "F32", "F32"]);
    expect(checkpoint.tensors.get("pretrained_model.model.embed_tokens.weight")).toEqual({
      name: "pretrained_model.model.embed_tokens.weight",
      dtype: "BF16",
      shape: [640, 128],
      file: "pytorch_model.bin",
      byteLength: 163_840,
    });
    const layer1 = "pretrained_model.model.layers.1.";
    await expectValues(checkpoint, [
      [
        "pretrained_model.model.embed_tokens.weight",
        [-0.091796875, -0.08935546875, 0.00921630859375],
        -0.08837890625,
        -18.32339246943593,
      ],
      [
        `${layer1}mlp.down_proj.weight`,
        [-0.07568359375, -0.08056640625, 0.138671875],
        0.10693359375,
        22.868225634098053,
      ],
      [
        `${layer1}self_attn.v_proj.bias`,
        [0.004730224609375, 0.0201416015625, -0.08203125],
        -0.01385498046875,
        0.228118896484375,
      ],
      ["v_head.summary.weight", [0.125, 0.34375, 0.5625], -0.08642578125, -7.585968017578125],
      ["v_head.summary.bias", [0.045654296875], 0.045654296875, 0.045654296875],
    ]);
  });
});

describe("tiny-reasonflux-prm-1.5b", () => {
  it("is read from model.safetensors and reward_head.pt", async () => {
    const checkpoint = await open(readFixture("tiny-reasonflux-prm-1.5b"));
    expect(shapesOf(checkpoint)).toEqual({
      "model.embed_tokens.weight": [640, 128],
      ...layers("model."),
      "model.norm.weight": [128],
      "reward_head.weight": [1, 128],
      "reward_head.bias": [1],
    });
    const head = { dtype: "F32", file: "reward_head.pt" };
    expect(checkpoint.tensors.get("reward_head.weight")).toMatchObject({ ...head, byteLength: 512 });
    expect(checkpoint.tensors.get("model.norm.weight")).toMatchObject({
      dtype: "BF16",
      file: "model.safetensors",
    });
    await expectValues(checkpoint, [
      [
        "model.embed_tokens.weight",
        [0.08203125, -0.05029296875, -0.11865234375],
        -0.0908203125,
        -24.4892510692589,
      ],
      [
        "model.layers.1.self_attn.q_proj.weight",
        [0.0673828125, -0.036376953125, 0.09375],
        -0.07470703125,
        -3.04357797652483,
      ],
      ["model.norm.weight", [0.95703125, 1.015625, 1.0546875], 1.1015625, 127.86328125],
      [
        "reward_head.weight",
        [0.0018433904042467475, -0.028649749234318733, 0.14744800329208374],
        -0.17971190810203552,
        0.5095978759927675,
      ],
      ["reward_head.bias", [-0.06171131134033203], -0.06171131134033203, -0.06171131134033203],
    ]);
  });
});

describe("tiny-qwen2.5-math-prm", () => {
  it("is read from two shards", async () => {
    const checkpoint = await open(readFixture("tiny-qwen2.5-math-prm"));
    expect(shapesOf(checkpoint)).toEqual({
      "lm_head.weight": [640, 128],
      "model.embed_tokens.weight": [640, 128],
      ...layers("model."),
      "model.norm.weight": [128],
      "score.0.weight": [128, 128],
      "score.0.bias": [128],
      "score.2.weight": [2, 128],
      "score.2.bias": [2],
    });
    expect(new Set([...checkpoint.tensors.values()].map(({ dtype }) => dtype))).toEqual(new Set(["BF16"]));
    const fileOf = (name: string) => checkpoint.tensors.get(name)?.file;
    expect(fileOf("lm_head.weight")).toBe("model-00001-of-00002.safetensors");
    expect(fileOf("score.2.bias")).toBe("model-00002-of-00002.safetensors");
    await expectValues(checkpoint, [
      [
        "lm_head.weight",
        [0.01806640625, -0.0026397705078125, -0.001068115234375],
        -0.0146484375,
        7.242159608751535,
      ],
      [
        "model.layers.1.mlp.down_proj.weight",
        [-0.17578125, 0.0419921875, 0.0181884765625],
        -0.02197265625,
        2.3352518789470196,
      ],
      [
        "model.layers.1.mlp.gate_proj.weight",
        [-0.091796875, 0.0673828125, -0.011962890625],
        -0.1337890625,
        -5.822119697928429,
      ],
      ["score.2.bias", [-0.0322265625, -0.04736328125], -0.04736328125, -0.07958984375],
      ["score.2.weight", [0.02294921875, 0.220703125, -0.16796875], 0.291015625, 3.4179000854492188],
    ]);
  });

  it("is read by rows, and no byte more", async () => {
    const reads: string[] = [];
    const checkpoint = await open(readFixture("tiny-qwen2.5-math-prm"), reads);
    reads.length = 0;
    const rows = await checkpoint.readFloat32("model.embed_tokens.weight", 7, 2);
    expect(rows).toHaveLength(256);
    expect([...rows.subarray(0, 3), rows.at(-1)]).toEqual([
      0.035888671875, 0.0194091796875, -0.0164794921875, 0.07763671875,
    ]);
    expect(sum(rows)).toBeCloseTo(-0.20131683349609375, 6);
    // 8 + 1664 bytes of header, 163,840 of lm_head, 7 rows of 256.
    expect(reads).toEqual(["model-00001-of-00002.safetensors 167304-167816"]);
    const all = await checkpoint.readFloat32("model.embed_tokens.weight");
    expect(await checkpoint.readFloat32("model.embed_tokens.weight", 638)).toEqual(all.subarray(638 * 128));
    expect(await checkpoint.readFloat32("model.embed_tokens.weight", 640)).toHaveLength(0);
  });

  it("is opened without reading a weight", async () => {
    const reads: string[] = [];
    await open(readFixture("tiny-qwen2.5-math-prm"), reads);
    expect(reads).toEqual([
      "model.safetensors.index.json 0-2366",
      "model-00001-of-00002.safetensors 0-8",
      "model-00001-of-00002.safetensors 8-1672",
      "model-00002-of-00002.safetensors 0-8",
      "model-00002-of-00002.safetensors 8-1480",
    ]);
  });
});
