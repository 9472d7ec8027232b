/**
 * https://huggingface.co/docs/lighteval/saving-and-reading-results: details, one row a document. What is documented as
 * `__doc__`, `__model_response__` and `__metric__` is written as `doc`, `model_response` and `metric` (info_loggers.py
 * of https://github.com/huggingface/lighteval). `text_post_processed` has lost its thinking, so `text` is read, with
 * `reasonings` where they came apart.
 */
import * as v from "valibot";
import { joinLanes } from "./chat-message.ts";
import {
  type Fields,
  type Format,
  hasFields,
  ID,
  isFields,
  MAYBE_LIST,
  makeRecord,
  parseFields,
  type Row,
  restOf,
  rowFault,
  TEXT,
} from "./format.ts";
import { parseJson } from "./rows/parse-json.ts";

const DOC = v.object({ id: ID, query: TEXT, choices: MAYBE_LIST, gold_index: v.optional(v.unknown()) });
const RESPONSE = v.object({ text: v.union([TEXT, MAYBE_LIST], "is not a list"), reasonings: MAYBE_LIST });

/** The columns of a row, as the documentation names them and as files have them. */
const COLUMNS = {
  doc: ["__doc__", "doc"],
  response: ["__model_response__", "model_response"],
  metric: ["__metric__", "metric"],
} as const;

/** Metrics of one answer that are 1 or 0: what is passed by one answer at all is passed by it. */
const METRICS = ["extractive_match", "exact_match", "em", "acc", "pass@k", "pass@1", "avg@n"];

/** A metric's name without its task and its parameters: "gpqa_pass@k:k=1", "math_pass@1:1_samples". */
function baseName(name: string): string {
  return name.replace(/:.*$/s, "").replace(/^(?:math|latex|gpqa|codegen)_/, "");
}

function columnOf({ fields }: Row, column: keyof typeof COLUMNS): string {
  const [documented, written] = COLUMNS[column];
  return hasFields(fields, documented) ? documented : written;
}

/** A column's value: a struct, or one written as JSON; undefined for anything else. */
function findStruct(row: Row, column: keyof typeof COLUMNS): Fields | undefined {
  const value = row.fields[columnOf(row, column)];
  const struct = typeof value === "string" ? parseJson(value) : value;
  return isFields(struct) ? struct : undefined;
}

function readStruct(row: Row, column: keyof typeof COLUMNS): Fields {
  const struct = findStruct(row, column);
  if (struct === undefined) {
    throw rowFault(`its "${columnOf(row, column)}" is not an object`);
  }
  return struct;
}

/** Whether the one answer of a row is right; undefined where no metric says so. */
function readCorrect(row: Row): boolean | undefined {
  const metrics = Object.entries(findStruct(row, "metric") ?? {});
  const values = METRICS.flatMap((wanted) =>
    metrics.filter(([name]) => baseName(name) === wanted).map(([, value]) => value),
  );
  const first = values.find((value) => value === 1 || value === 0);
  return first === undefined ? undefined : first === 1;
}

function readGold({ choices, gold_index: index }: v.InferOutput<typeof DOC>): string | undefined {
  const first: unknown = Array.isArray(index) ? index[0] : index;
  const gold = typeof first === "number" ? choices?.[first] : undefined;
  return typeof gold === "string" ? gold : undefined;
}

export const lighteval = {
  id: "lighteval",
  label: "LightEval details",
  matches: (fields) =>
    hasFields(fields, "__doc__", "__model_response__") || hasFields(fields, "doc", "model_response"),
  read(row) {
    const doc = parseFields(DOC, readStruct(row, "doc"));
    const { text, reasonings } = parseFields(RESPONSE, readStruct(row, "response"));
    const answers = (typeof text === "string" ? [text] : (text ?? [])).filter(
      (one) => typeof one === "string",
    );
    if (answers.length === 0) {
      throw rowFault(`its "${columnOf(row, "response")}" holds no text`);
    }
    const isCorrect = readCorrect(row);
    return answers.map((answer, index) => {
      const thinking = reasonings?.[index];
      return makeRecord(row, {
        id: doc.id,
        suffix: answers.length > 1 ? `answer ${index + 1}` : undefined,
        problem: doc.query,
        chain: joinLanes(typeof thinking === "string" ? thinking : "", answer),
        gold: readGold(doc),
        // A metric over several answers says nothing about one.
        isCorrect: answers.length > 1 ? undefined : isCorrect,
        rest: restOf(row.fields, []),
      });
    });
  },
} as const satisfies Format;
