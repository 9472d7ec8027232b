import { describe, expect, it } from "vitest";
import type { DecoderPlan } from "./architectures/architecture.ts";
import type { Checkpoint, TensorEntry } from "./checkpoint.ts";
import { detectProtocol } from "./detect-protocol.ts";

function checkpoint(tensors: Record<string, readonly number[]>): Checkpoint {
  const entries = Object.entries(tensors).map(([name, shape]): [string, TensorEntry] => [
    name,
    { name, shape, dtype: "BF16", file: "model.safetensors", byteLength: 0 },
  ]);
  return { tensors: new Map(entries), readFloat32: () => Promise.reject(new Error("not read here")) };
}

function plan(modelType: DecoderPlan["modelType"], ropeTheta = 10_000): DecoderPlan {
  return {
    modelType,
    ropeTheta,
    hiddenSize: 8,
    intermediateSize: 16,
    layers: 1,
    heads: 2,
    keyValueHeads: 1,
    headSize: 4,
    vocabularySize: 10,
    normEpsilon: 1e-6,
    maxPositions: 64,
    hasQkvBias: false,
  };
}

describe("detectProtocol", () => {
  it.each([
    ["any", { "reward_head.weight": [1, 8] }, plan("qwen2"), "reasonflux-prm-1.5b"],
    ["any", { "v_head.summary.weight": [1, 8] }, plan("qwen2"), "skywork-o1-open-prm"],
    ["any", { "score_head.weight": [3, 8] }, plan("mistral"), "reasoneval"],
    ["any", { "score.0.weight": [8, 8] }, plan("qwen2"), "qwen2.5-math-prm"],
    ["any", { "score.0.weight": [8, 8] }, plan("qwen2", 1e6), "reasonflux-prm-7b"],
    ["ReasonFlux-PRM-7B", { "score.0.weight": [8, 8] }, plan("qwen2"), "reasonflux-prm-7b"],
    ["any", { "score.weight": [2, 8] }, plan("qwen2"), "trl-prm"],
    ["PURE-PRM-7B", { "score.weight": [2, 8] }, plan("qwen2"), "pure-prm"],
    ["any", { "score.weight": [1, 8] }, plan("mistral"), "math-minos"],
    ["any", {}, plan("mistral"), "math-shepherd"],
    ["any", {}, plan("llama"), "rlhflow-llama3.1-8b-prm"],
    ["llemma-7b-prm-prm800k", {}, plan("llama"), "llemma-prm"],
    ["Math-psa", {}, plan("qwen2"), "math-psa"],
  ] as const)("%s with %o is %4$s", (name, tensors, decoder, protocol) => {
    expect(detectProtocol(checkpoint(tensors), decoder, name, undefined)).toBe(protocol);
  });

  it("asks where nothing tells", () => {
    expect(() => detectProtocol(checkpoint({}), plan("qwen2"), "my-model", undefined)).toThrow(
      "nothing in my-model tells its protocol; name it with --protocol: versaprm or math-psa",
    );
  });

  it("takes the name a person gives, if it is one", () => {
    expect(detectProtocol(checkpoint({}), plan("qwen2"), "my-model", "versaprm")).toBe("versaprm");
    expect(() => detectProtocol(checkpoint({}), plan("qwen2"), "m", "prm")).toThrow(/"prm" is not known/);
  });

  it.each([
    ["EurusPRM-Stage2", /two language models/],
    ["GenPRM-1.5B", /writes a critique/],
    ["PathFinder-PRM-7B", /forward passes of its own/],
    ["ActPRM-X", /ensemble/],
    ["ReasonFlux-PRM-Qwen-2.5-7B", /a policy/],
  ])("says why %s cannot run", (name, reason) => {
    expect(() => detectProtocol(checkpoint({}), plan("qwen2"), name, undefined)).toThrow(reason);
  });
});

it("does not take a name that the files' head contradicts", () => {
  const files = checkpoint({ "score.0.weight": [8, 8] });
  expect(() => detectProtocol(files, plan("qwen2"), "m", "math-shepherd")).toThrow(
    "the files have the head of qwen2.5-math-prm or reasonflux-prm-7b, not of math-shepherd",
  );
  expect(detectProtocol(files, plan("qwen2"), "m", "reasonflux-prm-7b")).toBe("reasonflux-prm-7b");
});
