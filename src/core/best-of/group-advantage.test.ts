import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupRewards, groupWarnings, ranksOf } from "./group-advantage.ts";

const GROUP = [
  { score: 0.9, isCorrect: false },
  { score: 0.4, isCorrect: true },
  { score: 0.2, isCorrect: false },
];

describe("groupRewards", () => {
  it("blends and normalises by hand", () => {
    // β = 0.5: 0.45, 0.7, 0.1; mean 1.25/3, sample deviation 0.30138.
    const rewards = groupRewards(GROUP, 0.5);
    expect(rewards.map(({ reward }) => reward)).toEqual(
      [0.45, 0.7, 0.1].map((one) => expect.closeTo(one, 12)),
    );
    expect(rewards.map(({ advantage }) => advantage)).toEqual(
      [0.1106, 0.9401, -1.0507].map((one) => expect.closeTo(one, 3)),
    );
  });

  it("is the rule's alone at 0 and the model's alone at 1", () => {
    expect(groupRewards(GROUP, 0).map(({ reward }) => reward)).toEqual([0, 1, 0]);
    expect(groupRewards(GROUP, 1).map(({ reward }) => reward)).toEqual([0.9, 0.4, 0.2]);
  });

  it("has advantages that add up to nothing, whatever the group", () => {
    const member = fc.record({
      score: fc.double({ min: 0, max: 1, noNaN: true }),
      isCorrect: fc.boolean(),
    });
    const beta = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 12 }), beta, (group, share) => {
        const sum = groupRewards(group, share).reduce((total, { advantage }) => total + advantage, 0);
        expect(sum).toBeCloseTo(0, 6);
      }),
    );
  });

  it("gives a chain by itself no advantage", () => {
    expect(groupRewards([{ score: 0.7, isCorrect: true }], 0.5)[0]?.advantage).toBe(0);
  });
});

describe("groupWarnings", () => {
  const warningsAt = (beta: number) => groupWarnings(GROUP, groupRewards(GROUP, beta));

  it("sees what the model's share does to the group", () => {
    expect(warningsAt(0)).toEqual([]);
    expect(warningsAt(0.5)).toEqual(["wrong-rewarded"]);
    expect(warningsAt(1)).toEqual(["wrong-first", "wrong-rewarded", "right-punished"]);
  });

  it("sees a group that teaches nothing", () => {
    const same = GROUP.map((member) => ({ ...member, isCorrect: true, score: 0.5 }));
    expect(groupWarnings(same, groupRewards(same, 0.75))).toEqual(["no-difference"]);
  });
});

it("ranks equal values alike", () => {
  expect(ranksOf([0.2, 0.9, 0.9, 0.1])).toEqual([3, 1, 1, 4]);
  expect(ranksOf([])).toEqual([]);
});
