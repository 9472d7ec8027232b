/**
 * `example_model_solutions.jsonl` of https://github.com/openai/grade-school-math: a question, the worked
 * `ground_truth`, and a solution a model under its model's name, with whether its answer is right.
 */
import * as v from "valibot";
import {
  type Fields,
  type Format,
  hasFields,
  isFields,
  makeRecord,
  parseFields,
  restOf,
  rowFault,
  TEXT,
} from "./format.ts";

const ROW = v.object({ question: TEXT, ground_truth: TEXT });

interface Solution {
  readonly solution: string;
  readonly is_correct: boolean;
}

function isSolution(value: unknown): value is Fields & Solution {
  const { solution, is_correct: isCorrect }: Fields = isFields(value) ? value : {};
  return typeof solution === "string" && typeof isCorrect === "boolean";
}

function findSolutions(fields: Fields): [string, Fields & Solution][] {
  return Object.entries(restOf(fields, [])).filter((entry): entry is [string, Fields & Solution] =>
    isSolution(entry[1]),
  );
}

/** The worked reference ends in a line with the answer. */
const LAST_LINE = /(?:^|\n)A: ([^\n]+)$/;

export const gsm8kSolutions = {
  id: "gsm8k-solutions",
  label: "GSM8K model solutions",
  matches: (fields) => hasFields(fields, "question", "ground_truth") && findSolutions(fields).length > 0,
  read(row) {
    const { question, ground_truth: worked } = parseFields(ROW, row.fields);
    const solutions = findSolutions(row.fields);
    if (solutions.length === 0) {
      throw rowFault("it has no model's solution");
    }
    // The worked reference stays: only its answer is read.
    const rest = restOf(row.fields, ["question", ...solutions.map(([name]) => name)]);
    return solutions.map(([name, said]) => {
      const others = restOf(said, ["solution", "is_correct"]);
      return makeRecord(row, {
        suffix: name,
        problem: question,
        chain: said.solution,
        gold: LAST_LINE.exec(worked)?.[1],
        isCorrect: said.is_correct,
        generator: name,
        rest: Object.keys(others).length === 0 ? rest : { ...rest, [name]: others },
      });
    });
  },
} as const satisfies Format;
