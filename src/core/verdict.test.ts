import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { badSteps, firstError, stepRewards, worstStep } from "./verdict.ts";

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
