import fc from "fast-check";
import { expect, it } from "vitest";
import { readAnswer } from "./answer-key.ts";
import { groupAnswers } from "./group-answers.ts";

/** Which of the answers are one, by the place of the first of each group. */
function groupsOf(answers: readonly (string | undefined)[], gold?: string): readonly (number | undefined)[] {
  const names = groupAnswers(
    answers.map((one) => (one === undefined ? undefined : readAnswer(one))),
    gold === undefined ? undefined : readAnswer(gold),
  );
  return names.map((name) => (name === undefined ? undefined : names.indexOf(name)));
}

it.each([
  [["10 pens", "10", "10.0 pens"], undefined, [0, 0, 0]],
  [["10", "10 pens", "10 red pens"], undefined, [0, 0, 0]],
  // A bare number that could be either is neither, unless the reference answer tells.
  [["10 pens", "10 cents", "10"], undefined, [0, 1, 2]],
  [["10 pens", "10 cents", "10"], "10", [0, 0, 0]],
  [["10 pens", "10 cents", "10"], "10 cents", [0, 1, 1]],
  [["(A) 5 apples", "5", "A", "(B) 6", "B"], undefined, [0, 0, 0, 3, 3]],
  [["7", undefined, "7"], undefined, [0, undefined, 0]],
  [["yes", "Yes.", "no"], undefined, [0, 0, 2]],
] as const)("groups %j with %j", (answers, gold, groups) => {
  expect(groupsOf(answers, gold)).toEqual(groups);
});

it("never groups answers that do not meet one leader, whatever their order", () => {
  const answer = fc.constantFrom("10", "10 pens", "10 red pens", "10 blue pens", "$10", "11", "(A) 10", "A");
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 8 }), (answers) => {
      const groups = groupsOf(answers);
      const back = groupsOf(answers.toReversed()).toReversed();
      for (const [i, a] of answers.entries()) {
        for (const [j, b] of answers.entries()) {
          expect(back[i] === back[j], `${a} and ${b}`).toBe(groups[i] === groups[j]);
          if (a === b) {
            expect(groups[i]).toBe(groups[j]);
          }
        }
      }
    }),
  );
});
