/**
 * RLHFlow's test sets (https://github.com/RLHFlow/RLHF-Reward-Modeling/tree/main/math-rm): many answers to one
 * prompt, `label` (`labels` in its README) 1 where the final answer is right, `step_scores` of a model where they have
 * been scored.
 */
import * as v from "valibot";
import {
  type Format,
  givenSteps,
  hasFields,
  makeRecord,
  parseFields,
  restOf,
  rowFault,
  TEXT,
  TEXTS,
} from "./format.ts";
import { STEP_TAG, splitAtTags } from "./step-tags.ts";

const LABELS = v.optional(
  v.array(v.union([v.boolean(), v.picklist([0, 1])], "is neither 0 nor 1"), "is not a list"),
);
const ROW = v.object({
  prompt: TEXT,
  answers: TEXTS,
  label: LABELS,
  labels: LABELS,
  step_scores: v.optional(v.array(v.unknown(), "is not a list")),
});
const READ = Object.keys(ROW.entries);
/** What both say alike is read of the first. */
const READ_LABEL = READ.filter((name) => name !== "labels");

export const rlhflowAnswers = {
  id: "rlhflow-answers",
  label: "RLHFlow answers",
  matches: ({ prompt, answers }) => typeof prompt === "string" && Array.isArray(answers),
  read(row) {
    const { prompt, answers, labels, label = labels, step_scores: scores } = parseFields(ROW, row.fields);
    if (label !== undefined && label.length !== answers.length) {
      throw rowFault(`it has ${answers.length} "answers" and ${label.length} labels`);
    }
    const rest = restOf(row.fields, hasFields(row.fields, "label") ? READ_LABEL : READ);
    return answers.map((answer, index) => {
      const isRight = label?.[index];
      return makeRecord(row, {
        suffix: `answer ${index + 1}`,
        problem: prompt,
        chain: answer.includes(STEP_TAG) ? givenSteps(splitAtTags(answer)) : answer,
        isCorrect: isRight === undefined ? undefined : Boolean(isRight),
        rest: scores?.[index] === undefined ? rest : { ...rest, step_scores: scores[index] },
      });
    });
  },
} as const satisfies Format;
