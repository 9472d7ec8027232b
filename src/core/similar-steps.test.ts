import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Comparable, LEAST_FOLDED, similarRuns } from "./similar-steps.ts";

type Row = Pick<Comparable, "kind" | "side" | "isAlone"> & { readonly text: string };

function stepsOf(rows: readonly Row[]): readonly Comparable[] {
  return rows.map(({ text, ...rest }, index) => ({
    ...rest,
    step: { index, lane: "response", start: 0, end: text.length, text },
  }));
}

const good = (text: string, kind = "a"): Row => ({ text, kind, side: "good", isAlone: false });

describe("similarRuns", () => {
  it("finds steps of one kind, and steps that differ in their numbers alone", () => {
    const rows = [
      ...["one", "two", "three", "four", "five"].map((text) => good(text)),
      ...["n = 1", "n = 2", "N =  33", "n = 4"].map((text, index) => good(text, `kind ${index}`)),
      good("end", "b"),
    ];
    expect(similarRuns(stepsOf(rows))).toEqual([
      { from: 0, to: 5 },
      { from: 5, to: 9 },
    ]);
  });

  it("does not hide a bad step among good ones, nor one that stands alone", () => {
    const rows = Array.from({ length: 12 }, (_, index) => good(`n = ${index}`));
    const bad = rows.with(5, { ...good("n = 5"), side: "bad" });
    expect(similarRuns(stepsOf(bad))).toEqual([
      { from: 0, to: 5 },
      { from: 6, to: 12 },
    ]);
    expect(similarRuns(stepsOf(rows.with(3, { ...good("n = 3"), isAlone: true })))).toEqual([
      { from: 4, to: 12 },
    ]);
  });

  const row = fc.record({
    text: fc.constantFrom("n = 1", "n = 2", "so", "then"),
    kind: fc.constantFrom("a", "b"),
    side: fc.constantFrom("good" as const, "bad" as const, "not scored" as const),
    isAlone: fc.boolean().map((isAlone) => isAlone),
  });

  it("runs are in order, do not touch what is unlike, and are long enough", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        let last = 0;
        for (const { from, to } of similarRuns(stepsOf(rows))) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to - from).toBeGreaterThanOrEqual(LEAST_FOLDED);
          expect(to).toBeLessThanOrEqual(rows.length);
          const run = rows.slice(from, to);
          expect(run.some(({ isAlone }) => isAlone)).toBe(false);
          expect(new Set(run.map(({ side }) => side)).size).toBe(1);
          const isOne = (values: readonly string[]) => new Set(values).size === 1;
          expect(
            isOne(run.map(({ kind }) => kind)) || isOne(run.map(({ text }) => text.replace(/\d/, "0"))),
          ).toBe(true);
          last = to;
        }
      }),
    );
  });
});
