/**
 * OpenR's data for process reward models (https://github.com/openreasoner/openr, preprocess/): a `question`, its
 * `process` with a tag behind each step, and `label` (`labels` in some files) with one entry a tag. The tag is five line
 * breaks, or Math-Shepherd's `ки`.
 */
import * as v from "valibot";
import type { StepLabel } from "../core/chain-record.ts";
import {
  type Format,
  givenSteps,
  hasFields,
  makeRecord,
  parseFields,
  restOf,
  rowFault,
  TEXT,
} from "./format.ts";
import { firstErrorOf } from "./labels.ts";
import { STEP_TAG } from "./step-tags.ts";

const LABEL = v.union([v.string(), v.number(), v.boolean()], "is neither a text, a number nor true or false");
const LABELS = v.optional(v.array(LABEL, "is not a list"));
const ROW = v.object({ question: TEXT, process: TEXT, label: LABELS, labels: LABELS });

/** What its training takes: any other label says nothing. */
const MEANINGS = new Map<string, StepLabel>([
  ["+", "good"],
  ["-", "bad"],
  ["1", "good"],
  ["0", "bad"],
  ["true", "good"],
  ["false", "bad"],
]);

const TAGS = ["\n".repeat(5), STEP_TAG];

/** The steps without the white space around them, and how many of them end in a tag. */
interface Steps {
  readonly steps: readonly string[];
  readonly tagged: number;
}

function splitAt(process: string, tag: string): Steps {
  const parts = process.split(tag).map((part) => part.trim());
  const tagged = parts.length - 1;
  return { steps: parts[tagged] === "" ? parts.slice(0, tagged) : parts, tagged };
}

/** By the tag that the labels fit: a text in Russian has `ки` in its words, and any may have line breaks. */
function splitSteps(process: string, labelCount: number): Steps | undefined {
  const found = TAGS.filter((tag) => process.includes(tag)).map((tag) => splitAt(process, tag));
  return (
    found.find(({ steps, tagged }) => steps.length === labelCount || tagged === labelCount) ?? found.at(0)
  );
}

export const openr = {
  id: "openr",
  label: "OpenR",
  matches: ({ question, process, label, labels = label }) =>
    typeof question === "string" && typeof process === "string" && Array.isArray(label ?? labels),
  read(row) {
    const { question, process, labels, label = labels } = parseFields(ROW, row.fields);
    const count = label?.length ?? 0;
    const found = splitSteps(process, count);
    if (found === undefined) {
      throw rowFault(`its "process" has no step that ends in ${STEP_TAG} or five line breaks`);
    }
    const { steps, tagged } = found;
    if (label === undefined || (count !== steps.length && count !== tagged)) {
      throw rowFault(`its "process" has ${steps.length} steps, but it has ${count} labels`);
    }
    const meant = label.map((one) => MEANINGS.get(String(one)) ?? null);
    // Text behind the last tag may be a step that the source does not judge.
    const read = steps.map((_, index) => meant[index] ?? null);
    const judged = hasFields(row.fields, "label") ? "label" : "labels";
    return [
      makeRecord(row, {
        problem: question,
        chain: givenSteps(steps),
        labels: read,
        firstError: firstErrorOf(read),
        rest: restOf(row.fields, ["question", "process", ...(meant.includes(null) ? [] : [judged])]),
      }),
    ];
  },
} as const satisfies Format;
