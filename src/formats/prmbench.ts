/**
 * https://github.com/ssmisya/PRMBench/blob/main/docs/data_format.md: `error_steps` counts from 1. Published rows
 * name a step behind the last here and there; such a number marks nothing, and the list is kept in `rest`.
 */
import * as v from "valibot";
import type { StepLabel } from "../core/chain-record.ts";
import {
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
import { firstErrorOf } from "./labels.ts";

const ROW = v.object({
  idx: ID,
  modified_question: TEXT,
  modified_process: TEXTS,
  error_steps: v.array(v.number("is not a number"), "is not a list"),
  original_question: v.optional(TEXT),
  original_process: v.optional(TEXTS),
  classification: v.optional(v.nullable(TEXT)),
});

/** Spelt as in the data. Its original is the right twin that the benchmark scores too. */
const WITH_TWIN = "redundency";

export const prmbench = {
  id: "prmbench",
  label: "PRMBench",
  matches: (fields) => hasFields(fields, "modified_question", "modified_process", "error_steps"),
  read(row) {
    const { idx, ...parsed } = parseFields(ROW, row.fields);
    const steps = parsed.modified_process;
    const errors = new Set(parsed.error_steps);
    const isThere = (step: number) => Number.isInteger(step) && step >= 1 && step <= steps.length;
    const isWhole = parsed.error_steps.every(isThere);
    // The benchmark passes over errors beyond the last step; where all are there, nothing is known of any.
    const labels =
      isWhole || parsed.error_steps.some(isThere)
        ? steps.map((_, index): StepLabel => (errors.has(index + 1) ? "bad" : "good"))
        : undefined;
    const read = ["idx", "modified_question", "modified_process", ...(isWhole ? ["error_steps"] : [])];
    const modified = makeRecord(row, {
      id: idx,
      problem: parsed.modified_question,
      chain: givenSteps(steps),
      labels,
      firstError: labels && firstErrorOf(labels),
      rest: restOf(row.fields, read),
    });
    const { original_question: question, original_process: original } = parsed;
    if (parsed.classification !== WITH_TWIN || question === undefined || original === undefined) {
      return [modified];
    }
    const twin = makeRecord(row, {
      id: `correct_${idx ?? row.number}`,
      problem: question,
      chain: givenSteps(original),
      labels: original.map(() => "good" as const),
      firstError: -1,
      rest: { classification: parsed.classification },
    });
    return [modified, twin];
  },
} as const satisfies Format;
