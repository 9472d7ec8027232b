import { describe, expect, it } from "vitest";
import { AppError } from "./errors.ts";
import { parseRepositoryAddress } from "./repository-address.ts";

const NAME = "Qwen/Qwen2.5-Math-PRM-7B";
const COMMIT = "5f0c8f7d3b1e4a69a2d07c94b8e6135d2f7a9c01";

describe("a model's name", () => {
  it.each([
    NAME,
    `  ${NAME}\n`,
    `${NAME}/`,
    `https://huggingface.co/${NAME}`,
    `http://huggingface.co/${NAME}/`,
    `https://www.huggingface.co/${NAME}`,
    `huggingface.co/${NAME}`,
    `HuggingFace.co/${NAME}`,
    `hf.co/${NAME}`,
    `https://hf.co/${NAME}`,
    `https://huggingface.co/${NAME}.git`,
    `https://huggingface.co/${NAME}?library=transformers`,
    `https://huggingface.co/${NAME}#usage`,
    `https://huggingface.co/${NAME}/tree/main`,
    `https://huggingface.co/${NAME}/tree/main/`,
    `https://huggingface.co/${NAME}/tree`,
    `https://huggingface.co/${NAME}/blob/main/config.json`,
    `https://huggingface.co/${NAME}/resolve/main/model.safetensors?download=true`,
    `https://huggingface.co/${NAME}/discussions/3`,
    // What is left when the address before it was taken off.
    `${NAME}/tree/main`,
  ])("is in %j", (text) => {
    expect(parseRepositoryAddress(text)).toEqual({ repository: NAME });
  });

  it.each([
    [`https://huggingface.co/${NAME}/tree/v1.0`, "v1.0"],
    [`https://huggingface.co/${NAME}/tree/${COMMIT}/onnx`, COMMIT],
    [`https://huggingface.co/${NAME}/commit/${COMMIT}`, COMMIT],
    [`hf.co/${NAME}/blob/v1.0/config.json`, "v1.0"],
    [`https://huggingface.co/${NAME}/tree/refs%2Fpr%2F1`, "refs/pr/1"],
    [`https://huggingface.co/${NAME}/tree/refs/pr/1/onnx`, "refs/pr/1"],
  ])("comes with its revision in %j", (text, revision) => {
    expect(parseRepositoryAddress(text)).toEqual({ repository: NAME, revision });
  });
});

describe("what is none", () => {
  function refusal(text: string): string {
    try {
      return JSON.stringify(parseRepositoryAddress(text));
    } catch (thrown) {
      const { code, message } = AppError.from(thrown);
      expect(code).toBe("bad-input");
      return message;
    }
  }

  it.each([
    ["https://huggingface.co/datasets/openai/gsm8k", "is a data set on the Hub, not a model"],
    ["datasets/openai/gsm8k", "is a data set on the Hub, not a model"],
    ["hf.co/spaces/someone/demo/tree/main", "is a Space on the Hub, not a model"],
    ["https://huggingface.co/collections/Qwen/x", "is a collection on the Hub, not a model"],
    ["https://huggingface.co/papers/2501.07301", "is a paper on the Hub, not a model"],
  ])("%j is told for what it is", (text, what) => {
    expect(refusal(text)).toBe(`"${text}" ${what}`);
  });

  it.each([
    "",
    " ",
    "gpt2",
    "https://huggingface.co",
    "https://huggingface.co/Qwen",
    "https://example.org/owner/name",
    "https://huggingface.co.example.org/owner/name",
    "ftp://huggingface.co/owner/name",
    "owner/name/more",
    "../name",
    "owner/..",
    "owner/%2e%2e",
    "owner/%zz",
    "owner/na me",
    "owner\\name",
    "constructor/toString/valueOf",
  ])("%j is refused", (text) => {
    expect(refusal(text)).toBe(`"${text.trim()}" is not the name of a model on the Hub: owner/name`);
  });

  it("is quoted only in part when it is long", () => {
    expect(refusal("x".repeat(100_000)).length).toBeLessThan(250);
  });
});
