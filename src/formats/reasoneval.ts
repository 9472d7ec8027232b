/**
 * https://github.com/GAIR-NLP/ReasonEval/tree/main/dataset: mr-math_invalid_errors.json names the first error,
 * mr-math_redundant_errors.json rates every step as PRM800K does. Each step is a list of one text.
 */
import * as v from "valibot";
import { CORRECTNESS, FIRST_ERROR_STEP, isCorrect, readFirstError } from "./first-error-step.ts";
import {
  ANSWER,
  type Format,
  givenSteps,
  hasFields,
  ID,
  MAYBE_TEXT,
  makeRecord,
  parseFields,
  restOf,
  rowFault,
  TEXT,
  TEXTS,
} from "./format.ts";
import { firstErrorOf, RATINGS } from "./labels.ts";

const STEP = v.union([v.string(), TEXTS], "is neither a text nor a list of texts");
const ROW = v.object({
  id: ID,
  question: TEXT,
  ground_truth_answer: ANSWER,
  generator: MAYBE_TEXT,
  model_output_step_format: v.array(STEP, "is not a list"),
  model_output_answer_correctness: CORRECTNESS,
  model_output_solution_correctness: CORRECTNESS,
  model_output_solution_first_error_step: FIRST_ERROR_STEP,
  rating: v.optional(v.array(v.picklist([-1, 0, 1], "is not -1, 0 or 1"), "is not a list")),
});
const READ = Object.keys(ROW.entries);

export const reasoneval = {
  id: "reasoneval",
  label: "ReasonEval",
  matches: (fields) => hasFields(fields, "question", "model_output_step_format"),
  read(row) {
    const parsed = parseFields(ROW, row.fields);
    const { rating } = parsed;
    const steps = parsed.model_output_step_format.map((step) =>
      typeof step === "string" ? step : step.join("\n"),
    );
    if (rating !== undefined && rating.length !== steps.length) {
      throw rowFault(`it has ${steps.length} steps and ${rating.length} entries in "rating"`);
    }
    const labels = rating?.map((number) => RATINGS.get(number) ?? null);
    const stated = readFirstError(
      parsed.model_output_solution_first_error_step,
      parsed.model_output_solution_correctness,
      steps.length,
    );
    return [
      makeRecord(row, {
        id: parsed.id,
        problem: parsed.question,
        chain: givenSteps(steps),
        labels,
        firstError: stated ?? (labels && firstErrorOf(labels)),
        gold: parsed.ground_truth_answer,
        isCorrect: isCorrect(parsed.model_output_answer_correctness),
        generator: parsed.generator,
        rest: restOf(row.fields, READ),
      }),
    ];
  },
} as const satisfies Format;
