import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { histogramOf } from "./histogram.ts";
import { areaUnderCurve, medianOf, overlapCoefficient } from "./separation.ts";

const UNIT = [0, 1] as const;
const group = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });

describe("histogramOf", () => {
  it("counts by hand, ends included", () => {
    expect(histogramOf([0, 0.1, 0.25, 0.99, 1, -3, 7], UNIT, 4)).toEqual({
      edges: [0, 0.25, 0.5, 0.75, 1],
      counts: [3, 1, 0, 3],
    });
    expect(histogramOf([-1, 0, 1], [-1, 1], 2).counts).toEqual([1, 2]);
  });

  it("loses no number", () => {
    fc.assert(
      fc.property(group, fc.integer({ min: 1, max: 40 }), (values, bins) => {
        const { counts } = histogramOf(values, UNIT, bins);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
      }),
    );
  });
});

describe("overlapCoefficient", () => {
  it("is what half of a group has in common with another, by hand", () => {
    // Bins of 0.05: {0.01, 0.91} and {0.01, 0.51} share half of either.
    expect(overlapCoefficient([0.01, 0.91], [0.01, 0.51], UNIT)).toBeCloseTo(0.5, 12);
    // 1/4 and 1/2 of the groups are in the one bin they share.
    expect(overlapCoefficient([0.01, 0.4, 0.6, 0.8], [0.02, 0.99], UNIT)).toBeCloseTo(0.25, 12);
  });

  it("is 1 of a group with itself, 0 of groups apart, and the same from both sides", () => {
    fc.assert(
      fc.property(group, group, (a, b) => {
        expect(overlapCoefficient(a, a, UNIT)).toBeCloseTo(1, 12);
        expect(overlapCoefficient(a, b, UNIT)).toBeCloseTo(overlapCoefficient(b, a, UNIT) ?? -1, 12);
      }),
    );
    expect(overlapCoefficient([0.1, 0.2], [0.8, 0.9], UNIT)).toBe(0);
    expect(overlapCoefficient([], [0.5], UNIT)).toBeUndefined();
  });
});

describe("areaUnderCurve", () => {
  it("counts pairs by hand", () => {
    // Pairs: 3>1 3>2 3=3, 1=1 1<2 1<3: 2 + 0.5 + 0.5 of 6.
    expect(areaUnderCurve([3, 1], [1, 2, 3])).toBeCloseTo(3 / 6, 12);
    expect(areaUnderCurve([2, 3], [0, 1])).toBe(1);
    expect(areaUnderCurve([], [1])).toBeUndefined();
  });

  it("is the mean over all pairs, and its complement from the other side", () => {
    const coarse = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(coarse, coarse, (a, b) => {
        const wins = a.flatMap((x) => b.map((y): number => (x > y ? 1 : x === y ? 0.5 : 0)));
        const mean = wins.reduce((sum, win) => sum + win, 0) / wins.length;
        expect(areaUnderCurve(a, b)).toBeCloseTo(mean, 12);
        expect((areaUnderCurve(a, b) ?? 0) + (areaUnderCurve(b, a) ?? 0)).toBeCloseTo(1, 12);
      }),
    );
  });
});

it("finds the middle", () => {
  expect([medianOf([]), medianOf([3]), medianOf([4, 1]), medianOf([9, 1, 2])]).toEqual([
    undefined,
    3,
    2.5,
    2,
  ]);
});
