import { expect, it } from "vitest";
import { isModelName, isRepositoryName } from "./model-name.ts";

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
])("%s", (name, isModel, isRepository) => {
  expect(isModelName(name)).toBe(isModel);
  expect(isRepositoryName(name)).toBe(isRepository);
});
