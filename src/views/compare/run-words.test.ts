import { expect, it } from "vitest";
import { finishedRun, sourceWith } from "../../state/testing/finished-run.ts";
import { candidateTitle, editWords, headline } from "./run-words.ts";

const NONE = { regressed: 0, improved: 0, same: 0, unknown: 0, "only-a": 0, "only-b": 0 };

it.each([
  [{ "only-a": 3, "only-b": 4 }, "A and B share no step"],
  [{ same: 1, "only-a": 3 }, "1 shared step, no change of reward"],
  [{ same: 2, unknown: 1 }, "2 shared steps, no change of reward"],
  [{ unknown: 2 }, "2 shared steps, not scored in both"],
  [{ regressed: 1, same: 2 }, "1 step regressed, 0 improved"],
  [{ improved: 2 }, "0 steps regressed, 2 improved"],
])("says of %j: %s", (counts, words) => {
  expect(headline({ ...NONE, ...counts })).toBe(words);
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
