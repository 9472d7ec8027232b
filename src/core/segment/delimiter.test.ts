import { expect, it } from "vitest";
import { delimiter } from "./delimiter.ts";

it.each([
  ["<extra_0>", "a<extra_0> b<extra_0>", ["a", "b"]],
  ["", " a\n\nb ", ["a\n\nb"]],
  [".*", "a.*b.c", ["a", "b.c"]],
  ["aa", "baaac", ["b", "ac"]],
  [" ", "a  b", ["a", "b"]],
  ["zz", "a", ["a"]],
])("cuts at the literal %j", (literal, text, steps) => {
  const pieces = delimiter.pieces(text, { delimiter: literal });
  expect(pieces.map(({ start, end }) => text.slice(start, end))).toEqual(steps);
});
