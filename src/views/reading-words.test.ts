import { describe, expect, it } from "vitest";
import { checkStep } from "../core/arithmetic/check.ts";
import { findDisagreements } from "../core/disagreement.ts";
import { findWrongs } from "../core/wrongs.ts";
import { disagreementSentence, findingSentence, wrongsSentence } from "./reading-words.ts";

describe("wrongsSentence", () => {
  it.each([
    [[0.9, 0.9], ""],
    [[0.9, 0.1], "First drop at step 2 (0.10, after a mean of 0.90)."],
    [[0.9, 0.1, 0.2], "First drop at step 2 (0.10, after a mean of 0.90); no return from step 2 on."],
    [[0.1], "First drop at step 1 (0.10)."],
    [[0.1, 0.2], "First drop at step 1 (0.10); no return from step 1 on."],
    [[0.9, 0.55, 0.9], "First drop at step 2 (0.55, after a mean of 0.90)."],
    [
      [0.9, 0.1, 0.9, 0.9],
      "First drop at step 2 (0.10, after a mean of 0.90); dip at step 2 recovered by step 3.",
    ],
  ])("of %j: %s", (rewards, sentence) => {
    expect(wrongsSentence(findWrongs(rewards, 0.5))).toBe(sentence);
  });

  it("does not call a chain lost whose single steps are good again", () => {
    const rewards = [0.12, ...new Array<number>(59).fill(0.95)];
    const silent = new Array<undefined>(60).fill(undefined);
    expect(wrongsSentence(findWrongs(rewards, 0.5, silent))).toBe(
      "First drop at step 1 (0.12); nothing takes step 1 back.",
    );
  });

  it("names a few dips and counts the others, and does not foretell", () => {
    const rewards = [0.9, 0.1, 0.9, 0.9, 0.1, 0.9, 0.9, 0.1, 0.9, 0.9, 0.1, 0.2];
    const words =
      "First drop at step 2 (0.10, after a mean of 0.90); dip at step 2 recovered by step 3; dip at step 5 recovered by step 6; 1 more recovered dip";
    expect(wrongsSentence(findWrongs(rewards, 0.5))).toBe(`${words}; no return from step 11 on.`);
    expect(wrongsSentence(findWrongs([...rewards, undefined], 0.5))).toBe(`${words}.`);
  });
});

describe("findingSentence", () => {
  it.each([
    ["17 × 24 = 398", "17 × 24 = 398: it is 408"],
    ["1/3 = 0.33", "1/3 = 0.33: rounded, it is 1/3 ≈ 0.3333"],
    ["2 + 2 = 4", "2 + 2 = 4: right"],
    ["12 × 3 = 18 × 3", "12 × 3 = 18 × 3: the left is 36, the right 54"],
  ])("of %s: %s", (text, sentence) => {
    expect(checkStep(text).findings.map(findingSentence)).toEqual([sentence]);
  });
});

describe("disagreementSentence", () => {
  const say = (rewards: readonly number[], ...texts: readonly string[]) => {
    const checks = texts.map(checkStep);
    return disagreementSentence(
      findDisagreements(rewards, checks, { threshold: 0.5, range: [0, 1] }),
      checks,
    );
  };
  it("names the most disputed step and says why", () => {
    expect(say([0.9, 0.1], "2 + 2 = 5", "2 + 2 = 4")).toBe(
      "Model and arithmetic disagree on 2 steps, most on step 1: reward 0.90, but 2 + 2 = 5: it is 4.",
    );
    expect(say([0.1], "2 + 2 = 4")).toBe(
      "Model and arithmetic disagree on step 1: reward 0.10, but its arithmetic is right.",
    );
    expect(say([0.9], "2 + 2 = 4")).toBe("");
  });
});
