import { expect, it } from "vitest";
import { byLargestChange, compareRewards } from "./changes.ts";

const ROWS = [
  { a: 0, b: 0, similarity: 1 },
  { a: 1, b: 1, similarity: 0.8 },
  { a: 2, similarity: 0 },
  { b: 2, similarity: 0 },
  { a: 3, b: 3, similarity: 1 },
  { a: 4, b: 4, similarity: 1 },
];

it("tells what became of every step", () => {
  const compared = compareRewards(ROWS, [0.9, 0.5, 0.3, 0.2, 0.7], [0.4, 0.75, 0.1, 0.2, undefined]);
  expect(compared.map(({ kind }) => kind)).toEqual([
    "regressed",
    "improved",
    "only-a",
    "only-b",
    "same",
    "unknown",
  ]);
  expect(compared[0]?.change).toBeCloseTo(-0.5, 12);
  expect(compared[2]).toEqual({ a: 2, similarity: 0, kind: "only-a", rewardA: 0.3 });
  expect(compared[5]).toEqual({ a: 4, b: 4, similarity: 1, kind: "unknown", rewardA: 0.7 });
});

it("calls a difference of a hundredth no change, and one of two hundredths a change", () => {
  const rows = [{ a: 0, b: 0, similarity: 1 }];
  expect(compareRewards(rows, [0.5], [0.51])[0]?.kind).toBe("same");
  expect(compareRewards(rows, [0.5], [0.4801])[0]?.kind).toBe("same");
  expect(compareRewards(rows, [0.5], [0.4799])[0]?.kind).toBe("regressed");
  expect(compareRewards(rows, [0.5], [0.5201])[0]?.kind).toBe("improved");
  // In floating point 0.92 − 0.94 is a little nearer to 0 than −0.02.
  expect(compareRewards(rows, [0.94], [0.92])[0]?.kind).toBe("regressed");
});

it("sorts by the size of the change, unknown ones last", () => {
  const compared = compareRewards(ROWS, [0.9, 0.5, 0.3, 0.2, 0.7], [0.4, 0.75, 0.1, 0.2, undefined]);
  expect(byLargestChange(compared)).toEqual([0, 1, 4, 2, 3, 5]);
});
