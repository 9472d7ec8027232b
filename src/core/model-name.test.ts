import { expect, it } from "vitest";
import { isKeptName, isModelName, isRepositoryName } from "./model-name.ts";

it.each([
  ["stepscope-prm", true, false],
  ["Qwen/Qwen2.5-Math-PRM-7B", true, true],
  ["a..b/c.", true, true],
  ["../x", false, false],
  ["x/..", false, false],
  ["..", false, false],
  ["/x", false, false],
  ["a/b/c", false, false],
  ["", false, false],
  ["https://example.org", false, false],
  ["__proto__", false, false],
  ["constructor", false, false],
])("%s", (name, isModel, isRepository) => {
  expect(isModelName(name)).toBe(isModel);
  expect(isRepositoryName(name)).toBe(isRepository);
});

it.each([
  ["stepscope-prm", true],
  ["Qwen/Qwen2.5-Math-PRM-7B", true],
  ["my model (1)", true],
  ["\u6a21\u578b", true],
  ["", false],
  ["..", false],
  ["../x", false],
  ["x/..", false],
  ["a/b/c", false],
  ["a\\b", false],
  ["a\nb", false],
  ["a\u0000", false],
  ["\u202eten.exe", false],
  ["\ud800", false],
  ["x".repeat(201), false],
])("may keep a model as %j: %s", (name, isKept) => {
  expect(isKeptName(name)).toBe(isKept);
});
