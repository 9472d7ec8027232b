import { expect, it } from "vitest";
import { line } from "./line.ts";

it.each([
  ["a\n\n b \nc", ["a", "b", "c"]],
  ["a\r\nb\rc\r\n", ["a", "b", "c"]],
  ["a\u2028b", ["a\u2028b"]],
])("cuts %j at its line breaks", (text, steps) => {
  expect(line.pieces(text).map(({ start, end }) => text.slice(start, end))).toEqual(steps);
});
