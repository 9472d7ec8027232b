/**
 * https://huggingface.co/docs/trl/dataset_formats#stepwise-supervision: one label a completion, which is a step;
 * also trl-lib/math_shepherd and trl-lib/prm800k. A label that is neither right nor wrong stays in `rest`.
 */
import * as v from "valibot";
import type { StepLabel } from "../core/chain-record.ts";
import {
  type Fields,
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
import { firstErrorOf } from "./labels.ts";

const ROW = v.object({
  prompt: TEXT,
  completions: TEXTS,
  labels: v.array(v.union([v.boolean(), v.number()], "is neither true, false nor a number"), "is not a list"),
});
const LABELS = new Map<number, StepLabel>([
  [1, "good"],
  [0, "bad"],
]);

const hasBoth = ({ completions, labels }: Fields) => Array.isArray(completions) && Array.isArray(labels);

export const trlStepwise = {
  id: "trl-stepwise",
  label: "trl stepwise supervision",
  matches: (fields) => hasFields(fields, "prompt") && hasBoth(fields),
  read(row) {
    const parsed = parseFields(ROW, row.fields);
    const { prompt, completions } = parsed;
    if (completions.length !== parsed.labels.length) {
      throw rowFault(`it has ${completions.length} "completions" and ${parsed.labels.length} "labels"`);
    }
    const labels = parsed.labels.map((label) => LABELS.get(Number(label)) ?? null);
    const read = ["prompt", "completions", ...(labels.includes(null) ? [] : ["labels"])];
    return [
      makeRecord(row, {
        problem: prompt,
        chain: givenSteps(completions),
        labels,
        firstError: firstErrorOf(labels),
        rest: restOf(row.fields, read),
      }),
    ];
  },
} as const satisfies Format;
