/**
 * https://github.com/openai/prm800k: a tree of rated completions; the chain is its chosen path. A label ends at the
 * first error, whose step has no chosen completion: its first one is the error that was rated.
 */
import * as v from "valibot";
import type { StepLabel } from "../core/chain-record.ts";
import {
  ANSWER,
  type Format,
  givenSteps,
  hasFields,
  isFields,
  makeRecord,
  parseFields,
  restOf,
  rowFault,
  TEXT,
} from "./format.ts";
import { firstErrorOf, RATINGS } from "./labels.ts";

const COMPLETION = v.object({
  text: TEXT,
  rating: v.optional(v.nullable(v.number("is not a number"))),
});
const STEP = v.object({
  completions: v.optional(v.nullable(v.array(COMPLETION, "is not a list"))),
  human_completion: v.optional(v.nullable(COMPLETION)),
  chosen_completion: v.optional(v.nullable(v.number("is not a number"))),
});
const ROW = v.object({
  question: v.object({ problem: TEXT, ground_truth_answer: ANSWER }, "is not an object"),
  label: v.object({ steps: v.array(STEP, "is not a list") }, "is not an object"),
});

interface Chosen {
  readonly text: string;
  readonly label: StepLabel | null;
  readonly isLast: boolean;
}

/** The completion that the path takes at a step; undefined where it ends. */
function choose(step: v.InferOutput<typeof STEP>): Chosen | undefined {
  const { completions, human_completion: human, chosen_completion: index } = step;
  if (human !== undefined && human !== null) {
    // Written by the labeller as the right step, and not always rated; trl's conversion reads it so too.
    return { text: human.text, label: RATINGS.get(human.rating ?? 1) ?? null, isLast: false };
  }
  const isLast = index === undefined || index === null;
  const chosen = completions?.[isLast ? 0 : index];
  return chosen && { text: chosen.text, label: RATINGS.get(chosen.rating) ?? null, isLast };
}

export const prm800k = {
  id: "prm800k",
  label: "PRM800K",
  matches: ({ question, label }) =>
    isFields(question) && isFields(label) && hasFields(question, "problem") && hasFields(label, "steps"),
  read(row) {
    const { question, label } = parseFields(ROW, row.fields);
    const path: Chosen[] = [];
    for (const step of label.steps) {
      const chosen = choose(step);
      if (chosen !== undefined) {
        path.push(chosen);
      }
      if (chosen === undefined || chosen.isLast) {
        break;
      }
    }
    if (path.length === 0) {
      throw rowFault('none of its "label.steps" has a completion');
    }
    const labels = path.map((step) => step.label);
    return [
      makeRecord(row, {
        problem: question.problem,
        chain: givenSteps(path.map(({ text }) => text)),
        labels,
        firstError: firstErrorOf(labels),
        gold: question.ground_truth_answer,
        // All of it: the path leaves out the other completions.
        rest: restOf(row.fields, []),
      }),
    ];
  },
} as const satisfies Format;
