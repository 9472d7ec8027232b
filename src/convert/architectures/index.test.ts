import { describe, expect, it } from "vitest";
import { planDecoder } from "./index.ts";

const LLAMA = {
  model_type: "llama",
  hidden_size: 128,
  intermediate_size: 256,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  vocab_size: 640,
  rms_norm_eps: 1e-5,
  max_position_embeddings: 2048,
};

describe("planDecoder", () => {
  it("reads rope scaling as transformers 4 and 5 write it", () => {
    const scaling = {
      factor: 8,
      low_freq_factor: 1,
      high_freq_factor: 4,
      original_max_position_embeddings: 8192,
    };
    const expected = { factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalMaxPositions: 8192 };
    const old = planDecoder({ ...LLAMA, rope_theta: 5e5, rope_scaling: { ...scaling, rope_type: "llama3" } });
    const recent = planDecoder({
      ...LLAMA,
      rope_parameters: { ...scaling, rope_type: "llama3", rope_theta: 5e5 },
    });
    expect(old.ropeScaling).toEqual(expected);
    expect(recent).toEqual(old);
  });

  it.each([
    [{ ...LLAMA, model_type: "gpt2" }, 'architecture "gpt2" is not known; known are qwen2, llama, mistral'],
    [{ ...LLAMA, hidden_size: "128" }, /config\.json is wrong at hidden_size/],
    [{ ...LLAMA, num_key_value_heads: 3 }, /do not fit together/],
    [{ ...LLAMA, head_dim: 24 }, /heads of 24 values cannot be run: .* rotates multiples of 16/],
    [{ ...LLAMA, rope_scaling: { type: "yarn", factor: 4 } }, 'rope scaling "yarn" is not one'],
    [{ ...LLAMA, hidden_act: "gelu" }, "the activation gelu is not one"],
    [{ ...LLAMA, attention_bias: true }, /attention biases/],
    [
      { architectures: ["Qwen2ForEnsemblePRM"] },
      "ActPRM is not supported: its reward is the mean of an ensemble of heads",
    ],
    [
      { ...LLAMA, model_type: "qwen2", architectures: ["Qwen2ForRewardModel"] },
      "Qwen2.5-Math-RM is not supported: it rates whole answers",
    ],
    [null, /config\.json is wrong at the top level/],
  ])("refuses %#", (config, message) => {
    expect(() => planDecoder(config)).toThrow(message);
  });
});
