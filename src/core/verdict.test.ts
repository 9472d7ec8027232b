import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { badSteps, firstError, stepRewards, verdictSentence, worstStep } from "./verdict.ts";

const maybeReward = fc.option(fc.constantFrom<number[]>(0, 0.1, 0.24, 0.25, 0.26, 0.5, 1), {
  nil: undefined,
});
const someRewards = fc.array(maybeReward, { maxLength: 12 });

/** The definition, word by word, without the array methods the code uses. */
function bruteForceBad(rewards: readonly (number | undefined)[], threshold: number): number[] {
  const bad: number[] = [];
  for (let index = 0; index < rewards.length; index += 1) {
    const reward = rewards[index];
    if (reward !== undefined && !(reward >= threshold)) {
      bad.push(index);
    }
  }
  return bad;
}

describe("firstError, badSteps and worstStep", () => {
  it("agree with the definition", () => {
    fc.assert(
      fc.property(someRewards, fc.constantFrom(0, 0.25, 0.5, 1), (rewards, threshold) => {
        const bad = bruteForceBad(rewards, threshold);
        expect(badSteps(rewards, threshold)).toEqual(bad);
        expect(firstError(rewards, threshold)).toBe(bad[0] ?? -1);
        const known = rewards.filter((reward) => reward !== undefined);
        const lowest = known.length === 0 ? undefined : Math.min(...known);
        expect(worstStep(rewards)?.reward).toBe(lowest);
        expect(worstStep(rewards)?.index).toBe(lowest === undefined ? undefined : rewards.indexOf(lowest));
      }),
    );
  });

  it.each([
    [[], -1],
    [[0.25], -1],
    [[0.249999], 0],
    [[undefined, undefined], -1],
    [[undefined, 0.9, undefined, 0], 3],
  ])("of %j is %d at 0.25", (rewards, expected) => {
    expect(firstError(rewards, 0.25)).toBe(expected);
  });
});

describe("stepRewards", () => {
  it("leaves out what was not scored", () => {
    const read = { tokens: [0, 1], positions: [0], logits: [[0]] } as const;
    const scored = {
      steps: [
        { index: 2, reward: 0.5, read },
        { index: 0, reward: 0, read },
      ],
      stepCount: 4,
      prompt: { text: "", ids: [], tokens: [] },
      timing: { forward: 0, tokens: 0, reused: 0, chunks: 0 },
    };
    expect(stepRewards(scored)).toEqual([0, undefined, 0.5, undefined]);
  });
});

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
    [[], 0.5, "There are no steps."],
    [[undefined], 0.5, "The only step is not scored."],
    [[undefined, undefined], 0.5, "None of 2 steps is scored."],
  ])("says of %j at %d: %s", (rewards, threshold, sentence) => {
    expect(verdictSentence(rewards, threshold)).toBe(sentence);
  });

  it("never shows a bad reward as the threshold or above", () => {
    const number = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(number, number, (a, b) => {
        fc.pre(a !== b);
        const [reward, threshold] = [Math.min(a, b), Math.max(a, b)];
        const match = /reward (.+), below (.+)\.$/.exec(verdictSentence([reward], threshold));
        expect(Number(match?.[1])).toBeLessThan(Number(match?.[2]));
      }),
    );
  });
});
