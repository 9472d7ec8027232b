import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { StepTag } from "../core/step-tags.ts";
import { inspectRun } from "./inspection.ts";
import { readRun, readText } from "./reading.ts";
import { scoredRun } from "./testing/finished-run.ts";

const MUFFINS = [
  "There are 23 trays of 6 muffins.",
  "Let us see how many there are.",
  "So they baked 23·6 = 148 muffins.",
  "Wait, they gave away 12 muffins, so 148 - 12 = 136 are left.",
  "The answer is 136.",
];
/** Of a model whose rewards speak of each step alone. */
const REWARDS = [0.95, 0.9, 0.1, 0.8, 0.9];

function wrongsOf(
  texts: readonly string[],
  rewards: readonly number[] = REWARDS,
  corrections?: ReadonlyMap<number, StepTag>,
) {
  const current = scoredRun(texts, rewards);
  return readRun(current, inspectRun(current, 0.25), readText(current.trace), corrections).wrongs;
}

describe("a dip of rewards that speak of single steps", () => {
  it("is not recovered by a word of doubt, nor called lost", () => {
    expect(wrongsOf(MUFFINS)).toMatchObject({ firstDrop: { index: 2 }, recovered: [], noReturn: undefined });
  });

  it.each([
    "Wait, 23·6 = 138, so 138 - 12 = 126 are left.",
    "I made a mistake, 12 of 138 are given away.",
    "They baked 138, not 148 muffins.",
  ])("is recovered by %j", (mended) => {
    expect(wrongsOf(MUFFINS.toSpliced(3, 1, mended)).recovered).toEqual([{ from: 2, back: 3 }]);
  });

  it("is taken back by nothing where nobody doubts it", () => {
    const plain = MUFFINS.toSpliced(3, 1, "They gave away 12 muffins, so 148 - 12 = 136 are left.");
    expect(wrongsOf(plain)).toMatchObject({ recovered: [], noReturn: 2, isFineAfter: true });
  });

  it("follows the reader who says which step is a backtrack", () => {
    const as = (tag: StepTag) => wrongsOf(MUFFINS, REWARDS, new Map([[3, tag]]));
    expect(as("backtrack").recovered).toEqual([{ from: 2, back: 3 }]);
    expect(as("compute")).toMatchObject({ recovered: [], noReturn: 2 });
  });

  it("says nothing of 60 right sums but that the doubt about the first stands", () => {
    const sums = Array.from({ length: 60 }, (_, index) => `${index} + 1 = ${index + 1}.`);
    const rewards = sums.map((_, index) => (index === 0 ? 0.12 : 0.95));
    expect(wrongsOf(sums, rewards)).toMatchObject({ recovered: [], noReturn: 0, isFineAfter: true });
  });

  it("says of every example of the gallery what its note says", () => {
    const gallery = JSON.parse(
      readFileSync(new URL("../gallery/scored/gallery.json", import.meta.url), "utf8"),
    ) as readonly {
      id: string;
      kind: string;
      chain: string;
      scored: { steps: readonly { reward: number }[] };
    }[];
    const told = gallery.map(({ id, kind, chain, scored }) => {
      const rewards = scored.steps.map(({ reward }) => reward);
      const { recovered, noReturn } = wrongsOf([chain], rewards);
      return { id, kind, count: recovered.length, noReturn };
    });
    for (const { id, kind, count } of told) {
      expect(count > 0 || kind !== "recovered", id).toBe(true);
    }
    expect(told.find(({ id }) => id === "trip-long")).toMatchObject({ count: 1, noReturn: undefined });
  });
});
