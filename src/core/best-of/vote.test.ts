import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Ballot, choose } from "./vote.ts";

const ballot = (score: number | undefined, answer: string | undefined, weight = score): Ballot => ({
  score,
  weight,
  answer,
});

const FIVE: readonly Ballot[] = [
  ballot(0.9, "7"),
  ballot(0.4, "8"),
  ballot(0.35, "8"),
  ballot(0.3, "8"),
  ballot(0.95, undefined),
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
    expect(choose("majority", [ballot(0.5, "1")])?.margin).toBeUndefined();
    expect(choose("majority", [ballot(0.5, undefined)])).toBeUndefined();
    expect(choose("weighted", [ballot(undefined, "1")])).toBeUndefined();
    expect(choose("naive", [])).toBeUndefined();
  });

  it("shows a tie as a margin of nothing", () => {
    const tied = [ballot(0.5, "1"), ballot(0.6, "2")];
    expect(choose("majority", tied)).toMatchObject({ margin: 0 });
  });

  it("sums weights where scores may be below 0: three bad chains outvote a worse one", () => {
    const bad = [-0.1, -0.1, -0.1].map((score) => ballot(score, "a", score + 1));
    expect(choose("weighted", [...bad, ballot(-0.2, "b", 0.8)])).toMatchObject({ winner: 0, answer: "a" });
  });

  it("does not depend on the order of ballots, but for ties", () => {
    const anyBallot = fc
      .tuple(
        fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
        fc.option(fc.constantFrom("1", "2", "3"), { nil: undefined }),
      )
      .map(([score, answer]) => ballot(score, answer));
    fc.assert(
      fc.property(fc.array(anyBallot, { maxLength: 9 }), (ballots) => {
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
