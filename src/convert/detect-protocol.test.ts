import { describe, expect, it } from "vitest";
import type { DecoderPlan } from "./architectures/architecture.ts";
import type { Checkpoint, TensorEntry } from "./checkpoint.ts";
import { detectProtocol } from "./detect-protocol.ts";

function checkpoint(tensors: Record<string, readonly number[]>): Checkpoint {
  const entries = Object.entries(tensors).map(([name, shape]): [string, TensorEntry] => [
    name,
    { name, shape, dtype: "BF16", file: "model.safetensors", byteLength: 0 },
  ]);
  const refuse = () => Promise.reject(new Error("not read here"));
  return { tensors: new Map(entries), readFloat32: refuse, readStored: refuse };
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

/** Linear, ReLU, linear. */
const MLP = { "score.0.weight": [8, 8], "score.2.weight": [2, 8] };
const TOKENS = { "score.weight": [2, 8] };

describe("detectProtocol", () => {
  it.each([
    ["any", { "reward_head.weight": [1, 8] }, plan("qwen2"), "reasonflux-prm-1.5b"],
    ["any", { "v_head.summary.weight": [1, 8] }, plan("qwen2"), "skywork-o1-open-prm"],
    ["any", { "score_head.weight": [3, 8] }, plan("mistral"), "reasoneval"],
    ["any", { "score_head.weight": [3, 8] }, plan("llama"), "reasoneval-34b"],
    ["any", MLP, plan("qwen2"), "qwen2.5-math-prm"],
    ["any", MLP, plan("qwen2", 1e6), "reasonflux-prm-7b"],
    ["Qwen2.5-Math-PRM-72B", MLP, plan("qwen2", 1e6), "qwen2.5-math-prm"],
    ["Qwen2.5-Math-7B-PRM800K", MLP, plan("qwen2"), "qwen2.5-math-prm"],
    ["ReasonFlux-PRM-7B", MLP, plan("qwen2"), "reasonflux-prm-7b"],
    ["any", TOKENS, plan("qwen2"), "trl-prm"],
    ["trl-lib/Qwen2-0.5B-Reward-Math-Sheperd", TOKENS, plan("qwen2"), "trl-prm"],
    ["plaguss/Qwen2.5-0.5B-Math-Shepherd-PRM-0.2", TOKENS, plan("qwen2"), "trl-prm"],
    ["HuggingFaceH4/Qwen2.5-Math-1.5B-Instruct-PRM-0.2", TOKENS, plan("qwen2"), "trl-prm-blank-line"],
    ["Qwen2.5-Math-7B-Instruct-PRM-0.2", TOKENS, plan("qwen2"), "trl-prm-blank-line"],
    ["PURE-PRM-7B", TOKENS, plan("qwen2"), "pure-prm"],
    ["jinachris/Qwen2.5-Math-7B-PRM800K", TOKENS, plan("qwen2"), "pure-prm"],
    ["any", { "score.weight": [1, 8] }, plan("mistral"), "math-minos"],
    ["any", {}, plan("mistral"), "math-shepherd"],
    ["RLHFlow/Llama3.1-8B-PRM-Deepseek-Data", {}, plan("llama"), "rlhflow-llama3.1-8b-prm"],
    ["UW-Madison-Lee-Lab/VersaPRM", {}, plan("llama"), "versaprm"],
    ["UW-Madison-Lee-Lab/Qwen-PRM800K", {}, plan("qwen2"), "versaprm"],
    ["llemma-7b-prm-prm800k", {}, plan("llama"), "llemma-prm"],
    ["Math-psa", {}, plan("qwen2"), "math-psa"],
  ] as const)("%s with %o is %4$s", (name, tensors, decoder, protocol) => {
    expect(detectProtocol(checkpoint(tensors), decoder, name, undefined)).toBe(protocol);
  });

  it.each([
    ["PQM's value head on a Llama", { "v_head.summary.weight": [1, 8] }, plan("llama")],
    ["an outcome reward model's one output", { ...MLP, "score.2.weight": [1, 8] }, plan("qwen2")],
    ["a classifier of five", { "score.weight": [5, 8] }, plan("qwen2")],
    ["ReasonEval's head on another base", { "score_head.weight": [3, 8] }, plan("qwen2")],
  ] as const)("does not take %s for a protocol it is not", (_what, tensors, decoder) => {
    expect(() => detectProtocol(checkpoint(tensors), decoder, "m", undefined)).toThrow(
      "the head of m is not one of any protocol known here",
    );
    expect(() => detectProtocol(checkpoint(tensors), decoder, "m", "math-shepherd")).toThrow(
      "the files have the head of no protocol known here, not of math-shepherd",
    );
  });

  it("does not guess which of three a Llama is", () => {
    expect(() => detectProtocol(checkpoint({}), plan("llama"), "my-model", undefined)).toThrow(
      "name the protocol: rlhflow-llama3.1-8b-prm or llemma-prm or versaprm",
    );
  });

  it("asks where nothing tells", () => {
    expect(() => detectProtocol(checkpoint({}), plan("qwen2"), "my-model", undefined)).toThrow(
      "nothing in my-model tells its protocol; name the protocol: versaprm or math-psa",
    );
  });

  it("takes the name a person gives, if it is one", () => {
    expect(detectProtocol(checkpoint({}), plan("qwen2"), "my-model", "versaprm")).toBe("versaprm");
    expect(() => detectProtocol(checkpoint({}), plan("qwen2"), "m", "prm")).toThrow(/"prm" is not known/);
  });

  it("says why a known model cannot run, whatever protocol is asked for", () => {
    const detect = (forced?: string) => () =>
      detectProtocol(checkpoint({}), plan("qwen2"), "GenPRM-1.5B", forced);
    expect(detect()).toThrow("GenPRM is not supported: it writes a critique of every step");
    expect(detect("versaprm")).toThrow("GenPRM is not supported: it writes a critique of every step");
  });
});

it("does not take a name that the files' head contradicts", () => {
  const files = checkpoint(MLP);
  expect(() => detectProtocol(files, plan("qwen2"), "m", "math-shepherd")).toThrow(
    "the files have the head of qwen2.5-math-prm or reasonflux-prm-7b, not of math-shepherd",
  );
  expect(detectProtocol(files, plan("qwen2"), "m", "reasonflux-prm-7b")).toBe("reasonflux-prm-7b");
});
