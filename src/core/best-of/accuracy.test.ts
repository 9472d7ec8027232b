import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accuracyByN, type Judged } from "./accuracy.ts";

const judged = (score: number, isCorrect: boolean, answer = isCorrect ? "right" : "wrong"): Judged => ({
  score,
  isCorrect,
  answer,
});

describe("accuracyByN", () => {
  it("gives what three candidates give by hand", () => {
    // Sorted: 0.9 wrong, 0.8 right, 0.1 wrong. n = 2: {9,8} wrong, {9,1} wrong, {8,1} right.
    const points = accuracyByN([judged(0.8, true), judged(0.9, false), judged(0.1, false)]);
    expect(points.map(({ naive }) => naive)).toEqual(
      [1 / 3, 1 / 3, 0].map((value) => expect.closeTo(value, 12)),
    );
    expect(points.map(({ any }) => any)).toEqual([1 / 3, 2 / 3, 1].map((value) => expect.closeTo(value, 12)));
    // Majority of two: {right, wrong} is a tie, half right, twice; {wrong, wrong} wrong. Of three: wrong.
    expect(points.map(({ majority }) => majority)).toEqual(
      [1 / 3, 1 / 3, 0].map((value) => expect.closeTo(value, 12)),
    );
  });

  it("counts equal scores as drawn by lot", () => {
    const points = accuracyByN([judged(0.5, true), judged(0.5, false)]);
    expect(points[1]?.naive).toBeCloseTo(0.5, 12);
  });

  it("is the mean over all subsets", () => {
    const candidate = fc.record({
      score: fc.constantFrom(0.1, 0.2, 0.3, 0.4, 0.5),
      isCorrect: fc.boolean(),
      answer: fc.constant<string | undefined>(undefined),
    });
    fc.assert(
      fc.property(fc.array(candidate, { minLength: 1, maxLength: 7 }), (all) => {
        for (const { n, naive, any } of accuracyByN(all)) {
          const [meanNaive, meanAny] = overSubsets(all, n);
          expect(naive).toBeCloseTo(meanNaive, 10);
          expect(any).toBeCloseTo(meanAny, 10);
        }
      }),
    );
  });

  it("counts the majority of every subset", () => {
    const candidate = fc.record({
      score: fc.constant(0.5),
      // One of the answers is the right one.
      answer: fc.option(fc.constantFrom("right", "b", "c"), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(candidate, { minLength: 1, maxLength: 7 }), (all) => {
        const candidates = all.map((one) => ({ ...one, isCorrect: one.answer === "right" }));
        for (const { n, majority } of accuracyByN(candidates)) {
          expect(majority).toBeCloseTo(majorityOverSubsets(candidates, n), 10);
        }
      }),
    );
  });

  it("judges chains of one answer apart, and is never above one right among them", () => {
    const candidate = fc.record({
      score: fc.constant(0.5),
      isCorrect: fc.boolean(),
      answer: fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(candidate, { minLength: 1, maxLength: 7 }), (candidates) => {
        for (const { n, majority = Number.NaN, any } of accuracyByN(candidates)) {
          expect(majority).toBeCloseTo(majorityOverSubsets(candidates, n), 10);
          expect(majority).toBeLessThanOrEqual(any + 1e-12);
        }
      }),
    );
    // The same answer, right in two rows and wrong in two.
    const [one] = accuracyByN([true, true, false, false].map((isCorrect) => judged(0.5, isCorrect, "26")));
    expect(one).toEqual({ n: 1, naive: 0.5, majority: 0.5, any: 0.5 });
  });

  it("holds for many candidates, of which majority is not counted", () => {
    const points = accuracyByN(
      Array.from({ length: 400 }, (_, index) => judged(index / 400, index % 3 === 0)),
    );
    expect(points).toHaveLength(400);
    expect(points[0]?.naive).toBeCloseTo(134 / 400, 10);
    expect(points.at(-1)?.naive).toBeCloseTo(1, 10);
    expect(points[0]?.majority).toBeUndefined();
  });

  it("counts majorities of many: odd draws of two answers are the hypergeometric tail", () => {
    // 64 candidates, 40 of them right; the tails above 4 of 9 and 15 of 31 in exact fractions.
    const all = Array.from({ length: 64 }, (_, index) => judged(0.5, index < 40));
    const points = accuracyByN(all);
    expect(points[8]?.majority).toBeCloseTo(0.7997523799250873, 10);
    expect(points[30]?.majority).toBeCloseTo(0.9777726340276207, 10);
    expect(points[63]?.majority).toBeCloseTo(1, 10);
  });

  it("has nothing to say of no candidates", () => {
    expect(accuracyByN([])).toEqual([]);
  });
});

/** The textbook's way: go over the subsets. */
function overSubsets(all: readonly Judged[], n: number): readonly [number, number] {
  let [naive, any, count] = [0, 0, 0];
  for (let subset = 0; subset < 2 ** all.length; subset += 1) {
    const members = all.filter((_, index) => (subset >> index) & 1);
    if (members.length === n) {
      const best = Math.max(...members.map(({ score }) => score));
      const leaders = members.filter(({ score }) => score === best);
      naive += leaders.filter(({ isCorrect }) => isCorrect).length / leaders.length;
      any += members.some(({ isCorrect }) => isCorrect) ? 1 : 0;
      count += 1;
    }
  }
  return [naive / count, any / count];
}

function majorityOverSubsets(all: readonly Judged[], n: number): number {
  let [sum, count] = [0, 0];
  for (let subset = 0; subset < 2 ** all.length; subset += 1) {
    const members = all.filter((_, index) => (subset >> index) & 1);
    if (members.length === n) {
      const answers = members.flatMap(({ answer }) => answer ?? []);
      const votes = (answer: string) => answers.filter((other) => other === answer).length;
      const most = Math.max(0, ...answers.map(votes));
      const leaders = [...new Set(answers)].filter((answer) => votes(answer) === most);
      // One of the drawn chains that give a leading answer, by lot: first the answer, then the chain.
      const shares = leaders.map((leader) => {
        const drawn = members.filter(({ answer }) => answer === leader);
        return drawn.filter(({ isCorrect }) => isCorrect).length / drawn.length;
      });
      sum += leaders.length === 0 ? 0 : shares.reduce((total, share) => total + share, 0) / leaders.length;
      count += 1;
    }
  }
  return sum / count;
}
