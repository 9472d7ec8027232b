/** The labels that MR-GSM8K and, after it, ReasonEval give a chain. */
import * as v from "valibot";
import { rowFault } from "./format.ts";

/** "correct" or "wrong"; anything else says nothing. */
export const CORRECTNESS = v.optional(v.nullable(v.string("is not a text")));

/** 1-based, as a number or a text; "N/A" where there is none. */
export const FIRST_ERROR_STEP = v.optional(
  v.nullable(v.union([v.number(), v.string()], "is neither a number nor a text")),
);

export function isCorrect(correctness: string | null | undefined): boolean | undefined {
  return correctness === "correct" ? true : correctness === "wrong" ? false : undefined;
}

/**
 * The 0-based first error, -1 for a right solution; undefined for a wrong one without a number.
 * @throws AppError `bad-input` for a step that the chain does not have
 */
export function readFirstError(
  step: string | number | null | undefined,
  solution: string | null | undefined,
  stepCount: number,
): number | undefined {
  if (isCorrect(solution) === true) {
    return -1;
  }
  const number = typeof step === "string" && step.trim() !== "" ? Number(step) : step;
  if (typeof number !== "number" || Number.isNaN(number)) {
    return undefined;
  }
  if (!Number.isInteger(number) || number < 1 || number > stepCount) {
    throw rowFault(
      `its "model_output_solution_first_error_step" is ${number}, but it has ${stepCount} steps`,
    );
  }
  return number - 1;
}
