import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCandidates } from "./read-candidates.ts";

const chainsOf = (text: string) => {
  const read = readCandidates(text, "p");
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
    ['{"chain": "a"}\n{"chain"', "Line 2 is not JSON."],
    ['["a", 5]', "Entry 2 holds no chain of thought."],
    ['["a", ""]', "Entry 2 holds no chain of thought."],
    ["[[1]]", "Entry 1 holds no chain of thought."],
  ])("reads %j", (text, chains) => {
    expect(chainsOf(text)).toEqual(chains);
  });

  it("keeps what an entry says about itself", () => {
    const read = readCandidates('[{"problem": "q", "solution": "s", "gold": 5, "is_correct": false}]', "p");
    expect(read).toEqual({
      kind: "records",
      records: [{ id: "1", problem: "q", chain: "s", gold: "5", isCorrect: false, rest: {} }],
    });
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(["records", "unreadable"]).toContain(readCandidates(text, "").kind);
      }),
    );
  });
});
