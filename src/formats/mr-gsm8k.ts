/** https://github.com/dvlab-research/MR-GSM8K: graded solutions, the first error counted from 1. */
import * as v from "valibot";
import { CORRECTNESS, FIRST_ERROR_STEP, isCorrect, readFirstError } from "./first-error-step.ts";
import {
  ANSWER,
  type Format,
  givenSteps,
  hasFields,
  ID,
  makeRecord,
  parseFields,
  restOf,
  TEXT,
  TEXTS,
} from "./format.ts";

const ROW = v.object({
  uuid: ID,
  question: TEXT,
  ground_truth_answer: ANSWER,
  model_output_steps: TEXTS,
  model_output_answer_correctness: CORRECTNESS,
  model_output_solution_correctness: CORRECTNESS,
  model_output_solution_first_error_step: FIRST_ERROR_STEP,
});
const READ = Object.keys(ROW.entries);

export const mrGsm8k = {
  id: "mr-gsm8k",
  label: "MR-GSM8K",
  matches: (fields) =>
    hasFields(fields, "question", "model_output_steps", "model_output_solution_first_error_step"),
  read(row) {
    const parsed = parseFields(ROW, row.fields);
    const steps = parsed.model_output_steps;
    return [
      makeRecord(row, {
        id: parsed.uuid,
        problem: parsed.question,
        chain: givenSteps(steps),
        firstError: readFirstError(
          parsed.model_output_solution_first_error_step,
          parsed.model_output_solution_correctness,
          steps.length,
        ),
        gold: parsed.ground_truth_answer,
        isCorrect: isCorrect(parsed.model_output_answer_correctness),
        rest: restOf(row.fields, READ),
      }),
    ];
  },
} as const satisfies Format;
