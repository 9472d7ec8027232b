import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createValueSplitter } from "./split-values.ts";

/** What a text is cut into when it arrives in pieces of this length. */
function split(text: string, pieceLength = text.length): readonly string[] {
  const splitter = createValueSplitter();
  const values: string[] = [];
  for (let at = 0; at < text.length; at += pieceLength) {
    values.push(...splitter.push(text.slice(at, at + pieceLength)));
  }
  return [...values, ...splitter.end()];
}

const parsed = (values: readonly string[]): unknown[] => values.map((value) => JSON.parse(value));

describe("createValueSplitter", () => {
  it.each([
    ["lines", '{"a":1}\n\n{"b":2}\r\n', ['{"a":1}', '{"b":2}']],
    ["a line without an end", '{"a":1}', ['{"a":1}']],
    ["a list", '[{"a":1}, {"b":[2]},\n "c" , 4]', ['{"a":1}', '{"b":[2]}', '"c"', "4"]],
    ["a list printed over lines", '[\n  {\n    "a": 1\n  }\n]\n', ['{\n    "a": 1\n  }']],
    ["values one after another", '{\n "a": 1\n}\n{\n "b": 2\n}', ['{\n "a": 1\n}', '{\n "b": 2\n}']],
    ["brackets and quotes in strings", '[\n"]\\"[",\n"{"]', ['"]\\"["', '"{"']],
    ["a damaged first line", '{"a":\n{"b":2}\n', ['{"a":', '{"b":2}']],
    ["a list that is cut off", '[\n{"a":1},\n{"b":', ['{"a":1}', '{"b":']],
    ["what follows an object", '{\n"a":1\n} and so on, {"b":2}', ['{\n"a":1\n}', 'and so on, {"b":2}']],
    ["an empty list", "[]\n", ["[]"]],
    ["text", "So {a} is [b].", []],
    ["nothing", " \n ", []],
  ])("cuts %s", (_, text, values) => {
    expect(split(text)).toEqual(values);
    for (const pieceLength of [1, 2, 3, 7]) {
      expect(split(text, pieceLength)).toEqual(values);
    }
  });

  it("gives back what was written, in any layout and in any pieces", () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 }), { minLength: 1 }),
        fc.constantFrom("lines", "list", "printed", "values"),
        fc.integer({ min: 1, max: 40 }),
        (rows, layout, pieceLength) => {
          const texts = {
            lines: rows.map((row) => JSON.stringify(row)).join("\n"),
            list: `[\n${rows.map((row) => JSON.stringify(row)).join(",")}]`,
            printed: JSON.stringify(rows, null, 2),
            values: rows.map((row) => JSON.stringify(row, null, 1)).join("\n"),
          };
          // As text, so that -0 is what JSON makes of it.
          expect(JSON.stringify(parsed(split(texts[layout], pieceLength)))).toBe(JSON.stringify(rows));
        },
      ),
    );
  });
});
