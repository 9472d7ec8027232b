/**
 * What math-evaluation-harness (https://github.com/ZubinGou/math-evaluation-harness), and after it the evaluations of
 * ToRA and Qwen2.5-Math, write: `code` holds the answers to one question, `pred` what was extracted of each, `score`
 * whether that is `gt`. A `solution` is the reference, and `response`, where it is there, repeats `code`.
 */
import * as v from "valibot";
import {
  ANSWER,
  type Fields,
  type Format,
  hasFields,
  ID,
  makeRecord,
  parseFields,
  restOf,
  rowFault,
  TEXT,
  TEXTS,
} from "./format.ts";

const ROW = v.object({
  idx: ID,
  question: TEXT,
  gt: ANSWER,
  code: TEXTS,
  score: v.optional(v.nullable(v.array(v.boolean("is neither true nor false"), "is not a list"))),
});

const hasLists = ({ code, pred }: Fields) => Array.isArray(code) && Array.isArray(pred);

export const mathEval = {
  id: "math-eval",
  label: "math-evaluation-harness outputs",
  matches: (fields) => hasFields(fields, "question", "gt") && hasLists(fields),
  read(row) {
    const { idx, question, gt, code, score } = parseFields(ROW, row.fields);
    if (code.length === 0) {
      throw rowFault('its "code" is empty');
    }
    const scores = score ?? [];
    if (scores.length > 0 && scores.length !== code.length) {
      throw rowFault(`it has ${code.length} answers in "code" and ${scores.length} entries in "score"`);
    }
    return code.map((answer, index) =>
      makeRecord(row, {
        id: idx,
        suffix: code.length > 1 ? `answer ${index + 1}` : undefined,
        problem: question,
        chain: answer,
        gold: gt,
        isCorrect: scores[index],
        rest: restOf(row.fields, Object.keys(ROW.entries)),
      }),
    );
  },
} as const satisfies Format;
