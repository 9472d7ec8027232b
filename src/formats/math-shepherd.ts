/**
 * https://huggingface.co/datasets/peiyi9979/Math-Shepherd: `input` is the question and its steps, each ending in
 * `ки`; `label` is the same text with `+` or `-` in place of each `ки`. (trl's version of it is trl-stepwise.)
 */
import * as v from "valibot";
import type { StepLabel } from "../core/chain-record.ts";
import { type Format, givenSteps, makeRecord, parseFields, restOf, rowFault, TEXT } from "./format.ts";
import { firstErrorOf, MARKS } from "./labels.ts";
import { STEP_TAG, splitAtStepOne, splitAtTags } from "./step-tags.ts";

const ROW = v.object({ input: TEXT, label: TEXT });

/** The labels at the places of the tags: each earlier tag is longer than the one character that stands for it. */
function readLabels(input: string, label: string): StepLabel[] {
  const labels: StepLabel[] = [];
  for (let at = input.indexOf(STEP_TAG); at >= 0; at = input.indexOf(STEP_TAG, at + STEP_TAG.length)) {
    const mark = label[at - labels.length * (STEP_TAG.length - 1)];
    const read = MARKS.get(mark);
    if (read === undefined) {
      throw rowFault(`its "label" has no + or - for step ${labels.length + 1}`);
    }
    labels.push(read);
  }
  return labels;
}

export const mathShepherd = {
  id: "math-shepherd",
  label: "Math-Shepherd",
  matches: ({ input, label }) =>
    typeof input === "string" && typeof label === "string" && input.includes(STEP_TAG),
  read(row) {
    const { input, label } = parseFields(ROW, row.fields);
    const { before: problem, after } = splitAtStepOne(input);
    const steps = splitAtTags(after);
    const labels = readLabels(input, label);
    if (steps.length === 0 || steps.length < labels.length) {
      throw rowFault(`its "input" has no "Step 1:" that ends in ${STEP_TAG}`);
    }
    return [
      makeRecord(row, {
        problem,
        chain: givenSteps(steps),
        // Text behind the last tag is a step that the source does not judge.
        labels: steps.map((_, index) => labels[index] ?? null),
        firstError: firstErrorOf(labels),
        rest: restOf(row.fields, ["input", "label"]),
      }),
    ];
  },
} as const satisfies Format;
