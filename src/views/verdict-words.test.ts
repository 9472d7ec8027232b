import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { verdictSentence } from "./verdict-words.ts";

describe("verdictSentence", () => {
  const partly = (...rewards: number[]) => [...rewards, undefined];
  it.each([
    [[0.9, 0.8, 0.1, 0.05, 0.9], 0.25, "Step 3 of 5 is the first bad one: reward 0.10, below 0.25."],
    [[0.9, 0.81, 0.95, 0.9, 0.9], 0.25, "No step of 5 falls below 0.25; the lowest is step 2 with 0.81."],
    [partly(0.9, 0.1), 0.25, "2 of 3 steps scored: the first bad one is step 2, reward 0.10, below 0.25."],
    [
      partly(0.9, 0.8),
      0.25,
      "2 of 3 steps scored: none of them falls below 0.25; the lowest is step 2 with 0.80.",
    ],
    [[0], 0.5, "Step 1 of 1 is the first bad one: reward 0.00, below 0.50."],
    [[0.2496], 0.25, "Step 1 of 1 is the first bad one: reward 0.2496, below 0.25."],
    [[0.12], 0.125, "Step 1 of 1 is the first bad one: reward 0.12, below 0.125."],
    [[0.124], 0.125, "Step 1 of 1 is the first bad one: reward 0.12, below 0.125."],
    [[0.25 - 1e-12], 0.25, "Step 1 of 1 is the first bad one: reward 0.249999999999, below 0.25."],
    [[0.5], 0.5, "No step of 1 falls below 0.50; the lowest is step 1 with 0.50."],
    // The same number as on the row.
    [[0.0001], 0.25, "Step 1 of 1 is the first bad one: reward <.001, below 0.25."],
    [[0.0002], 0.0005, "Step 1 of 1 is the first bad one: reward 0.000, below 0.0005."],
    [[0.9996, 0.9997], 0.5, "No step of 2 falls below 0.50; the lowest is step 1 with 0.999."],
    [[-0.4], 0, "Step 1 of 1 is the first bad one: reward −0.40, below 0.00."],
    [[-0.4], -0.3, "Step 1 of 1 is the first bad one: reward −0.40, below −0.30."],
    [[], 0.5, "There are no steps."],
    [[undefined], 0.5, "The only step is not scored."],
    [[undefined, undefined], 0.5, "None of 2 steps is scored."],
  ])("says of %j at %d: %s", (rewards, threshold, sentence) => {
    expect(verdictSentence(rewards, threshold)).toBe(sentence);
  });

  it("groups the digits of counts, as everywhere on the page", () => {
    const rewards = Array.from({ length: 22_000 }, (_, index) => (index < 1500 ? 0.75 : undefined));
    expect(verdictSentence(rewards, 0.5)).toBe(
      "1,500 of 22,000 steps scored: none of them falls below 0.50; the lowest is step 1 with 0.75.",
    );
  });

  it("never shows a bad reward as the threshold or above", () => {
    const number = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(number, number, (a, b) => {
        fc.pre(a !== b);
        const [reward, threshold] = [Math.min(a, b), Math.max(a, b)];
        const match = /reward (.+), below (.+)\.$/.exec(verdictSentence([reward], threshold));
        expect(Number(match?.[1]?.replace("<", ""))).toBeLessThan(Number(match?.[2]));
      }),
    );
  });
});
