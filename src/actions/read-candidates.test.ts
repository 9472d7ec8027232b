import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCandidates } from "./read-candidates.ts";

describe("readCandidates", () => {
  it.each([
    ["a\n---\nb", ["a", "b"]],
    ['["a", "b"]', ["a", "b"]],
    ['["a", ""]', ["a"]],
    ['{"problem": "q", "response": "a"}\n\n{"problem": "q", "response": "b"}', ["a", "b"]],
    ["[1, 2] is a list.\n---\nb", ["[1, 2] is a list.", "b"]],
    ["", []],
    ["[]", []],
  ])("reads %j", (text, chains) => {
    expect(readCandidates(text, "p").records.map(({ chain }) => chain)).toEqual(chains);
  });

  it("keeps the good rows and says which were not", () => {
    const { records, problems } = readCandidates(
      '{"problem": "q", "response": "a"}\n{"problem": "q", "response": 7}\n{"problem": "q", "response": "c"}',
      "p",
    );
    expect(records.map(({ chain }) => chain)).toEqual(["a", "c"]);
    expect(problems.map(({ row }) => row)).toEqual([2]);
  });

  it("gives a candidate without a problem that of the page", () => {
    const { records } = readCandidates('{"problem": "q", "response": "a"}', "p");
    expect(records[0]?.problem).toBe("q");
    expect(readCandidates('["a"]', "p").records[0]?.problem).toBe("p");
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readCandidates(text, "").records).toBeInstanceOf(Array);
      }),
    );
  });
});
