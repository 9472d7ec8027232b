import { expect, it } from "vitest";
import { compareRewards } from "../../core/compare/changes.ts";
import { finishedRun, sourceWith } from "../../state/testing/finished-run.ts";
import { candidateTitle, editWords, formatChange, headline, summaryWords } from "./run-words.ts";

const NONE = { regressed: 0, improved: 0, same: 0, unknown: 0, "only-a": 0, "only-b": 0 };

it.each([
  [{ "only-a": 3, "only-b": 4 }, "A and B share no step"],
  [{ same: 1, "only-a": 3 }, "1 shared step, no change of reward; 3 only in A"],
  [{ same: 2, unknown: 1 }, "2 shared steps, no change of reward"],
  [{ same: 2, "only-a": 1, "only-b": 2 }, "2 shared steps, no change of reward; 1 only in A; 2 only in B"],
  [{ unknown: 2 }, "2 shared steps, not scored in both"],
  [{ regressed: 1, same: 2 }, "1 step regressed, 0 improved"],
  [{ improved: 2 }, "0 steps regressed, 2 improved"],
])("says of %j: %s", (counts, words) => {
  expect(headline({ ...NONE, ...counts })).toBe(words);
});

it("does not call rewards unchanged without saying that the answers differ", () => {
  const answers = { a: "60", b: "80" };
  expect(headline({ ...NONE, same: 3 }, answers)).toBe(
    "3 shared steps, no change of reward; A answers 60, B 80",
  );
  expect(headline({ ...NONE, same: 3, improved: 1 }, answers)).toBe("0 steps regressed, 1 improved");
  expect(summaryWords({ ...NONE, same: 3, "only-a": 1 })).toBe(
    "3 shared steps, no change of reward; 3 without change, 1 only in A, 0 only in B.",
  );
});

it.each([
  [0.94 - 0.9, "+0.04"],
  [-0.0198, "−0.019"],
  [0.0199999, "+0.019"],
  [0.0201, "+0.020"],
  [0.92 - 0.94, "−0.020"],
  [0.9351 - 0.9549, "−0.019"],
  [0.0151, "+0.015"],
  [0.0249, "+0.024"],
  [0.0251, "+0.03"],
  [0.01, "+0.01"],
])("writes a change of %d as it is classified: %s", (change, written) => {
  expect(formatChange(change)).toBe(written);
  const [row] = compareRewards([{ a: 0, b: 0, similarity: 1 }], [0], [change]);
  const isChange = Number(written.replace("−", "-").replace("+", "")) ** 2 >= 0.02 ** 2;
  expect(row?.kind !== "same").toBe(isChange);
});

it("names a candidate by its number and its answer", () => {
  expect(candidateTitle(3, "26 pens")).toBe("Candidate 4: answer 26 pens");
  expect(candidateTitle(4, undefined)).toBe("Candidate 5: no answer found");
});

it("tells the two versions of an edited chain apart, and says nothing of two that were not edited", () => {
  const before = finishedRun(sourceWith("One.\n\nTwo."));
  const after = { ...finishedRun(sourceWith("One.\n\n2.")), ghost: { ...before } };
  expect([editWords(before, after), editWords(after, before)]).toEqual(["before the edit", "after the edit"]);
  const other = finishedRun(sourceWith("Three."));
  expect([editWords(other, after), editWords(after, other), editWords(before, other)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
