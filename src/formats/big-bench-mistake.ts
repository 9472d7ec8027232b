/** https://github.com/WHGTyen/BIG-Bench-Mistake: `mistake_index` is the 0-based first mistake, null for none. */
import * as v from "valibot";
import {
  ANSWER,
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

const ROW = v.object({
  input: TEXT,
  steps: TEXTS,
  answer: ANSWER,
  target: ANSWER,
  mistake_index: v.nullable(v.pipe(v.number("is not a number"), v.integer("is not a whole number"))),
});

export const bigBenchMistake = {
  id: "big-bench-mistake",
  label: "BIG-Bench-Mistake",
  matches: (fields) => hasFields(fields, "input", "steps", "mistake_index"),
  read(row) {
    const { input, steps, answer, target, mistake_index: mistake } = parseFields(ROW, row.fields);
    if (mistake !== null && (mistake < 0 || mistake >= steps.length)) {
      throw rowFault(`its "mistake_index" is ${mistake}, but it has ${steps.length} steps`);
    }
    const isKnown = typeof answer === "string" && typeof target === "string";
    return [
      makeRecord(row, {
        problem: input,
        chain: givenSteps(steps),
        firstError: mistake ?? -1,
        gold: target,
        isCorrect: isKnown ? answer === target : undefined,
        rest: restOf(row.fields, ["input", "steps", "target", "mistake_index"]),
      }),
    ];
  },
} as const satisfies Format;
