import { expect, it } from "vitest";
import { splitCandidates } from "./split-candidates.ts";

it.each([
  ["one", ["one"]],
  ["a\n\nb\n---\nc", ["a\n\nb", "c"]],
  ["a\r\n-----\r\nb", ["a", "b"]],
  ["a\n---\nb\n===\nc", ["a\n---\nb", "c"]],
  ["===\n\n===\na\n===", ["a"]],
  ["a -- b\n--\nc", ["a -- b\n--\nc"]],
  ["", []],
])("cuts %j", (text, parts) => {
  expect(splitCandidates(text)).toEqual(parts);
});
