import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Ballot, choose } from "./vote.ts";

const FIVE: readonly Ballot[] = [
  { score: 0.9, answer: "7" },
  { score: 0.4, answer: "8" },
  { score: 0.35, answer: "8" },
  { score: 0.3, answer: "8" },
  { score: 0.95, answer: undefined },
];

describe("choose", () => {
  it("takes the highest score, the highest sum and the most chains, computed by hand", () => {
    expect(choose("naive", FIVE)).toMatchObject({ winner: 4, answer: undefined, value: 0.95 });
    expect(choose("naive", FIVE)?.margin).toBeCloseTo(0.05, 12);
    expect(choose("weighted", FIVE)).toMatchObject({ winner: 1, answer: "8" });
    expect(choose("weighted", FIVE)?.value).toBeCloseTo(1.05, 12);
    expect(choose("weighted", FIVE)?.margin).toBeCloseTo(0.15, 12);
    expect(choose("majority", FIVE)).toMatchObject({ winner: 1, answer: "8", value: 3, margin: 2 });
  });

  it("has no margin over nobody, and none at all where there is nothing to choose", () => {
    expect(choose("majority", [{ score: 0.5, answer: "1" }])?.margin).toBeUndefined();
    expect(choose("majority", [{ score: 0.5, answer: undefined }])).toBeUndefined();
    expect(choose("weighted", [{ score: undefined, answer: "1" }])).toBeUndefined();
    expect(choose("naive", [])).toBeUndefined();
  });

  it("shows a tie as a margin of nothing", () => {
    const tied = [
      { score: 0.5, answer: "1" },
      { score: 0.6, answer: "2" },
    ];
    expect(choose("majority", tied)).toMatchObject({ margin: 0 });
  });

  it("does not depend on the order of ballots, but for ties", () => {
    const ballot = fc.record({
      score: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
      answer: fc.option(fc.constantFrom("1", "2", "3"), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(ballot, { maxLength: 9 }), (ballots) => {
        for (const rule of ["naive", "weighted", "majority"] as const) {
          const [there, back] = [choose(rule, ballots), choose(rule, ballots.toReversed())];
          expect(there?.value ?? -1).toBeCloseTo(back?.value ?? -1, 9);
          expect(there?.margin ?? -1).toBeCloseTo(back?.margin ?? -1, 9);
          expect(there?.margin ?? 0).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
