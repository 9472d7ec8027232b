import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCandidates } from "./read-candidates.ts";

const chainsOf = (text: string) => {
  const read = readCandidates(text);
  return read.kind === "records" ? read.records.map(({ chain }) => chain) : read.why;
};

describe("readCandidates", () => {
  it.each([
    ["a\n---\nb", ["a", "b"]],
    ['["a", "b"]', ["a", "b"]],
    ['{"chain": "a"}\n\n{"response": "b"}', ["a", "b"]],
    ['{"completions": ["a", "b"]}', [{ thinking: [], response: ["a", "b"] }]],
    ["[1, 2] is a list.\n---\nb", ["[1, 2] is a list.", "b"]],
    ["", []],
    ["[]", []],
    ['["a", ""]', "Entry 2 of the list is empty."],
  ])("reads %j", (text, chains) => {
    expect(chainsOf(text)).toEqual(chains);
  });

  it.each([
    ['{"chain": "a"}\n{"chain": ', /^(Row 2|The text): /],
    ['["a", 5]', /^Entry 2 of the list is no text/],
    ['[{"chain": "a"}, {"nothing": 1}]', /^Row 2: /],
  ])("says what is wrong with %j, and where", (text, why) => {
    expect(chainsOf(text)).toMatch(why);
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(["records", "unreadable"]).toContain(readCandidates(text).kind);
      }),
    );
  });
});
