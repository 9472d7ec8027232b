import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { segmentTrace } from "./index.ts";
import { followEdit } from "./own-ranges.ts";

function stepsOf(chain: string, own: readonly { start: number; end: number }[]) {
  const { steps } = segmentTrace({ problem: "", chain, strategy: "blank-line", own });
  return steps.map(({ text }) => text);
}

describe("own ranges", () => {
  const chain = "one two\n\nthree\n\nfour";
  // "one" and "two" apart, the rest in one.
  const own = [
    { start: 0, end: 3 },
    { start: 4, end: 7 },
    { start: 9, end: 20 },
  ];

  it("hold against the strategy, which cuts what lies between them", () => {
    expect(stepsOf(chain, own)).toEqual(["one", "two", "three\n\nfour"]);
    expect(stepsOf(chain, own.slice(0, 1))).toEqual(["one", "two", "three", "four"]);
  });

  it.each([
    ["within a range", "one two\n\nthree and\n\nfour", ["one", "two", "three and\n\nfour"]],
    ["behind the end of a range", "one twofold\n\nthree\n\nfour", ["one", "twofold", "three\n\nfour"]],
    ["in front of a range", "one too two\n\nthree\n\nfour", ["one", "too two", "three\n\nfour"]],
    [
      "a new paragraph between two",
      "one two\n\nnew\n\nthree\n\nfour",
      ["one", "two", "new", "three\n\nfour"],
    ],
    ["a range taken away", "one \n\nthree\n\nfour", ["one", "three\n\nfour"]],
    ["across two ranges", "one twee\n\nfour", ["one", "tw", "ee\n\nfour"]],
    ["everything", "new", ["new"]],
    ["nothing left", "", []],
  ])("follow an edit: %s", (_, after, wanted) => {
    expect(stepsOf(after, followEdit(own, chain, after))).toEqual(wanted);
  });

  it("never overlap, lie in the text and keep what no edit touched, whatever is typed", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "\n"), maxLength: 30 });
    fc.assert(
      fc.property(text, text, fc.array(fc.nat(30), { maxLength: 8 }), (before, after, cuts) => {
        const places = [...new Set(cuts.map((cut) => Math.min(cut, before.length)))].sort((a, b) => a - b);
        const ranges = places.slice(1).map((end, index) => ({ start: places[index] ?? 0, end }));
        const followed = followEdit(ranges, before, after);
        let last = 0;
        for (const { start, end } of followed) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(after.length);
        expect(followEdit(ranges, before, before)).toEqual(ranges);
      }),
    );
  });
});
