/** https://huggingface.co/datasets/Qwen/ProcessBench: `label` is the 0-based first error, -1 for none. */
import * as v from "valibot";
import {
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

const ROW = v.object({
  id: ID,
  generator: MAYBE_TEXT,
  problem: TEXT,
  steps: TEXTS,
  final_answer_correct: v.optional(v.boolean("is neither true nor false")),
  label: v.pipe(v.number("is not a number"), v.integer("is not a whole number")),
});
const READ = Object.keys(ROW.entries);

export const processbench = {
  id: "processbench",
  label: "ProcessBench",
  matches: (fields) => hasFields(fields, "problem", "steps", "label"),
  read(row) {
    const parsed = parseFields(ROW, row.fields);
    const { id, generator, problem, steps, label } = parsed;
    if (label < -1 || label >= steps.length) {
      throw rowFault(`its "label" is ${label}, but it has ${steps.length} steps`);
    }
    return [
      makeRecord(row, {
        id,
        problem,
        chain: givenSteps(steps),
        firstError: label,
        isCorrect: parsed.final_answer_correct,
        generator,
        rest: restOf(row.fields, READ),
      }),
    ];
  },
} as const satisfies Format;
