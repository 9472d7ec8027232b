import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endsOf, rangeStatistics } from "./step-range.ts";
import type { StepScore } from "./trace.ts";

function scoresOf(rewards: readonly (number | undefined)[]): readonly (StepScore | undefined)[] {
  return rewards.map((reward, index) =>
    reward === undefined
      ? undefined
      : { index, reward, read: { tokens: [index * 10, index * 10 + 7], positions: [], logits: [] } },
  );
}

describe("rangeStatistics", () => {
  it("says what the rewards of a range come to, whichever end was put first", () => {
    const scores = scoresOf([0.9, 0.2, undefined, 0.4, 0.2, 1]);
    const statistics = rangeStatistics(scores, { anchor: 4, head: 1 });
    expect(statistics).toEqual(rangeStatistics(scores, { anchor: 1, head: 4 }));
    expect(statistics).toEqual({
      count: 4,
      scored: 3,
      rewards: {
        mean: expect.closeTo(0.8 / 3),
        min: { index: 1, reward: 0.2 },
        max: { index: 3, reward: 0.4 },
        first: 0.2,
        last: 0.2,
        tokens: 21,
      },
    });
  });

  it("has no numbers where nothing is scored", () => {
    expect(rangeStatistics(scoresOf([undefined, undefined]), { anchor: 0, head: 1 })).toEqual({
      count: 2,
      scored: 0,
    });
  });

  it("agrees with the rewards taken one by one", () => {
    const reward = fc.option(fc.double({ min: -1, max: 1, noNaN: true }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(reward, { minLength: 1 }), fc.nat(), fc.nat(), (rewards, a, b) => {
        const range = { anchor: a % rewards.length, head: b % rewards.length };
        const [from, to] = endsOf(range);
        const known = rewards.slice(from, to + 1).filter((one) => one !== undefined);
        const statistics = rangeStatistics(scoresOf(rewards), range);
        expect(statistics.count).toBe(to - from + 1);
        expect(statistics.scored).toBe(known.length);
        const found = statistics.rewards;
        expect(found === undefined).toBe(known.length === 0);
        if (found !== undefined) {
          expect(found.min.reward).toBe(Math.min(...known));
          expect(found.max.reward).toBe(Math.max(...known));
          expect(rewards[found.min.index]).toBe(found.min.reward);
          expect(found.tokens).toBe(known.length * 7);
          expect(found.mean).toBeGreaterThanOrEqual(found.min.reward - 1e-9);
          expect(found.mean).toBeLessThanOrEqual(found.max.reward + 1e-9);
        }
      }),
    );
  });
});
