import { expect, it } from "vitest";
import { parsePythonList } from "./python-list.ts";

// The right sides are what Python 3.12's `ast.literal_eval` gives for the left ones.
it.each([
  ["[]", []],
  ["['a', \"it's\", 'say \"b\"']", ["a", "it's", 'say "b"']],
  ["[1, -1, 0, None]", [1, -1, 0, null]],
  ["['a\\nb\\t\\\\frac{1}{2}']", ["a\nb\t\\frac{1}{2}"]],
  ["['it\\'s', \"\\\"\"]", ["it's", '"']],
  ["['\\xe9', '\\u2260', '\\U0001d53c']", ["é", "≠", "𝔼"]],
  ["['\\d']", ["\\d"]],
  [" ['a' , 'b'] ", ["a", "b"]],
])("reads %s", (text, entries) => {
  expect(parsePythonList(text)).toEqual(entries);
});

it.each(["", "a", "['a'", "['a'] b", "['a' 'b']", "[['a']]", "[1.5]", "[a]", "['a\\']", "[,]", "('a',)"])(
  "leaves alone what is no flat list: %s",
  (text) => {
    expect(parsePythonList(text)).toBeUndefined();
  },
);

it.each([
  ["backslashes", `['${"\\".repeat(1_000_000)}`],
  ["quotes", `[${"'".repeat(1_000_000)}`],
  ["spaces", `[${" ".repeat(1_000_000)}`],
  ["entries", `[${"'a', ".repeat(200_000)}`],
])("gets through a megabyte of %s", (_, text) => {
  // A quadratic reader would run into the test's time limit.
  expect(parsePythonList(text)).toBeUndefined();
});

it("reads a text of any length", () => {
  const long = `${"a".repeat(20_000_000)}${"\\'".repeat(200_000)}`;
  expect(parsePythonList(`['${long}']`)?.[0]).toHaveLength(20_200_000);
});
