import fc from "fast-check";
import { expect, it } from "vitest";
import { parseJsonObject } from "./json-text.ts";
import { utf8 } from "./testing/byte-strings.ts";

const parse = (text: string) => parseJsonObject(utf8(text), "a.json", "the index");

it("parses any object there is", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const text = JSON.stringify(value);
      expect(Object.entries(parse(text))).toEqual(Object.entries(JSON.parse(text)));
    }),
  );
});

it.each([
  ['{"a": 1, "a": 2}', "a.json: the index has the key a twice"],
  ['{"a": 1, "\\u0061": 2}', "a.json: the index has the key a twice"],
  ['{"b": [{"x": 1}, {"x": 1, "y": {"x": 1}, "x": 2}]}', "a.json: the index has the key x twice"],
  ['{"__proto__": 1, "__proto__": 2}', "a.json: the index has the key __proto__ twice"],
  ["[]", "a.json: the index is not a JSON object"],
  ["null", "a.json: the index is not a JSON object"],
  ["7", "a.json: the index is not a JSON object"],
  ["{", "a.json: the index is not JSON in UTF-8"],
  ["", "a.json: the index is not JSON in UTF-8"],
  ["\ufeff{}", "a.json: the index is not JSON in UTF-8"],
])("refuses %s", (text, message) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: "malformed-file", message }));
});

it("refuses bytes that are not UTF-8", () => {
  const bytes = Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d);
  expect(() => parseJsonObject(bytes, "a.json", "the index")).toThrow("is not JSON in UTF-8");
});

it("is not confused by what strings contain", () => {
  expect(parse('{"a": "b\\": {\\"a\\":", "b": ["a:", {"a": "}"}]}')).toEqual({
    a: 'b": {"a":',
    b: ["a:", { a: "}" }],
  });
});

it("keeps __proto__ a key like others", () => {
  const value = parse('{"__proto__": {"x": 1}}');
  expect(Object.keys(value)).toEqual(["__proto__"]);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

it("takes deep nesting without a stack", () => {
  const depth = 200_000;
  expect(Object.keys(parse(`{"a": ${"[".repeat(depth)}${"]".repeat(depth)}}`))).toEqual(["a"]);
});

it.each(["a", '\\"', "\\u0061"])("takes a key of megabytes of %s", (piece) => {
  const key = piece.repeat(1_000_000);
  expect(() => parse(`{"${key}": 1, "${key}": 2}`)).toThrow("twice");
});
