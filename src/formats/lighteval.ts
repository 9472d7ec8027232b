/**
 * https://huggingface.co/docs/lighteval/saving-and-reading-results: details, one row a document. `text_post_processed`
 * has lost its thinking, so `text` is read, with `reasonings` where they came apart.
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

/** Metrics of one answer that are 1 or 0. */
const METRICS = ["extractive_match", "exact_match", "em", "acc"];

/** A column's value: a struct, or one written as JSON. */
function readStruct(row: Row, ...names: readonly string[]): Fields {
  const value = names.map((name) => row.fields[name]).find((found) => found !== undefined);
  const struct = typeof value === "string" ? parseJson(value) : value;
  if (!isFields(struct)) {
    throw rowFault(`its "${names[0]}" is not an object`);
  }
  return struct;
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
    const doc = parseFields(DOC, readStruct(row, "__doc__", "doc"));
    const { text, reasonings } = parseFields(
      RESPONSE,
      readStruct(row, "__model_response__", "model_response"),
    );
    const metrics: Fields = hasFields(row.fields, "__metric__") ? readStruct(row, "__metric__") : {};
    const answers = (typeof text === "string" ? [text] : (text ?? [])).filter(
      (one) => typeof one === "string",
    );
    if (answers.length === 0) {
      throw rowFault('its "__model_response__" holds no text');
    }
    const metric = METRICS.map((name) => metrics[name]).find((value) => value === 1 || value === 0);
    return answers.map((answer, index) => {
      const thinking = reasonings?.[index];
      return makeRecord(row, {
        id: doc.id,
        suffix: answers.length > 1 ? `answer ${index + 1}` : undefined,
        problem: doc.query,
        chain: joinLanes(typeof thinking === "string" ? thinking : "", answer),
        gold: readGold(doc),
        // A metric over several answers says nothing about one.
        isCorrect: metric === undefined || answers.length > 1 ? undefined : metric === 1,
        rest: restOf(row.fields, []),
      });
    });
  },
} as const satisfies Format;
