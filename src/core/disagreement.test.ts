import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkStep } from "./arithmetic/check.ts";
import { findDisagreements } from "./disagreement.ts";

const RIGHT = checkStep("2 + 2 = 4");
const WRONG = checkStep("2 + 2 = 5");
const UNCHECKED = checkStep("Hello.");
const OPTIONS = { threshold: 0.5, range: [0, 1] } as const;

describe("findDisagreements", () => {
  it("names both kinds, what is proven wrong before what is only suspected", () => {
    const found = findDisagreements(
      [0.9, 0.6, 0.1, 0.4, 0.1, 0.9, undefined, 0.1],
      [WRONG, WRONG, RIGHT, RIGHT, WRONG, RIGHT, WRONG, UNCHECKED],
      OPTIONS,
    );
    expect(found.map(({ index, kind }) => [index, kind])).toEqual([
      [0, "happy-but-wrong"],
      [1, "happy-but-wrong"],
      [2, "unhappy-but-right"],
      [3, "unhappy-but-right"],
    ]);
  });

  it("is sorted, and says nothing of steps without a reward or a check", () => {
    const rewards = fc.array(fc.option(fc.double({ min: -1, max: 1, noNaN: true }), { nil: undefined }));
    fc.assert(
      fc.property(rewards, fc.double({ min: -1, max: 1, noNaN: true }), (given, threshold) => {
        const checks = given.map((_, index) => [RIGHT, WRONG, UNCHECKED][index % 3] ?? UNCHECKED);
        const found = findDisagreements(given, checks, { threshold, range: [-1, 1] });
        for (const [place, { index, strength, kind }] of found.entries()) {
          expect(given[index]).toBeDefined();
          expect(checks[index]?.status).toBe(kind === "happy-but-wrong" ? "wrong" : "right");
          expect(strength).toBeGreaterThanOrEqual(0);
          expect(strength).toBeLessThanOrEqual(2);
          expect(strength).toBeLessThanOrEqual(found[place - 1]?.strength ?? 2);
        }
      }),
    );
  });
});
