import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bestThreshold, firstErrorAccuracy, type JudgedChain } from "./first-error-accuracy.ts";

const CHAINS: readonly JudgedChain[] = [
  { said: 1, rewards: [0.9, 0.2, 0.1] },
  { said: 1, rewards: [0.9, 0.6, 0.1] },
  { said: 0, rewards: [0.7, 0.1] },
  { said: -1, rewards: [0.9, 0.8] },
  { said: -1, rewards: [0.45, 0.9] },
];

/** A small grid, so that equal rewards are common. */
const reward = fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10);
const chain: fc.Arbitrary<JudgedChain> = fc
  .array(reward, { minLength: 1, maxLength: 5 })
  .chain((rewards) =>
    fc.record({ rewards: fc.constant(rewards), said: fc.integer({ min: -1, max: rewards.length - 1 }) }),
  );

describe("firstErrorAccuracy", () => {
  it("counts by hand", () => {
    // Of three errors the first is found; of two right chains one has a step below 0.5.
    expect(firstErrorAccuracy(CHAINS, 0.5)).toEqual({
      erroneous: { hits: 1, total: 3 },
      correct: { hits: 1, total: 2 },
      f1: (2 * (1 / 3) * (1 / 2)) / (1 / 3 + 1 / 2),
    });
  });

  it("is 0 where nothing is found, and has no F1 with one kind of chain", () => {
    expect(firstErrorAccuracy([CHAINS[1], CHAINS[4]] as JudgedChain[], 0.5).f1).toBe(0);
    expect(firstErrorAccuracy(CHAINS.slice(0, 3), 0.5).f1).toBeUndefined();
    expect(firstErrorAccuracy([], 0.5)).toEqual({
      erroneous: { hits: 0, total: 0 },
      correct: { hits: 0, total: 0 },
      f1: undefined,
    });
  });
});

describe("bestThreshold", () => {
  it("is found by hand", () => {
    // Above 0.7 and up to 0.8 all errors are found; of the right chains the one with a 0.45 is lost.
    expect(bestThreshold(CHAINS)).toEqual({ threshold: 0.75, f1: expect.closeTo(2 / 3, 12) });
    expect(bestThreshold(CHAINS.slice(0, 3))).toBeUndefined();
  });

  it("is as good as the best of all thresholds tried one by one, and gives what it says", () => {
    fc.assert(
      fc.property(fc.array(chain, { maxLength: 12 }), (chains) => {
        const tried = Array.from(
          { length: 42 },
          (_, place) => firstErrorAccuracy(chains, (place - 0.5) / 40).f1 ?? 0,
        );
        const best = bestThreshold(chains);
        expect(best?.f1 ?? 0).toBeCloseTo(Math.max(...tried), 12);
        if (best !== undefined) {
          expect(firstErrorAccuracy(chains, best.threshold).f1).toBeCloseTo(best.f1, 12);
        }
      }),
    );
  });
});
