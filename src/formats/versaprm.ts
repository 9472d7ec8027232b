/**
 * VersaPRM (https://github.com/UW-Madison-Lee-Lab/VersaPRM): a question with several `chain_of_thoughts`, each with
 * `steps` and `labels`, and, where a model judged them, `prm_reward`. As published on the Hub
 * (https://huggingface.co/datasets/UW-Madison-Lee-Lab/MMLU-Pro-CoT-Train-Labeled) a row is one chain, its lists as
 * Python writes them. A label is 1 for a right step, and 0 or -1 for a wrong one; what stands behind the first wrong
 * step is not judged (its model_train/prm_datasets.py stops there), and `labels` is None where labelling failed.
 */
import * as v from "valibot";
import type { ChainRecord, StepLabel } from "../core/chain-record.ts";
import {
  ANSWER,
  type Fields,
  type Format,
  givenSteps,
  hasFields,
  isFields,
  makeRecord,
  parseFields,
  type Row,
  readId,
  restOf,
  rowFault,
  TEXT,
  TEXTS,
} from "./format.ts";
import { firstErrorOf } from "./labels.ts";
import { parsePythonList } from "./rows/python-list.ts";

const LABELS = v.optional(v.nullable(v.array(v.picklist([1, 0, -1], "is not 1, 0 or -1"), "is not a list")));
const CORRECT = v.optional(v.nullable(v.boolean("is neither true nor false")));
const CHAIN = v.object({ steps: TEXTS, labels: LABELS, parsed_answer_correctness: CORRECT });
const ROW = v.object({
  question: TEXT,
  answer: ANSWER,
  chain_of_thoughts: v.array(v.record(v.string(), v.unknown(), "is not an object"), "is not a list"),
});
const FLAT_ROW = v.object({
  question: TEXT,
  answer: ANSWER,
  chain_of_thoughts: TEXTS,
  labels: LABELS,
  parsed_answer_correctness: CORRECT,
});

interface Judgement {
  readonly labels?: readonly (StepLabel | null)[];
  readonly firstError?: number | undefined;
  /** Whether this is all that the labels say; otherwise they are kept beside it. */
  readonly isWhole: boolean;
}

/** A list as such, or as Python writes it. */
function readList(value: unknown): unknown {
  if (typeof value !== "string") {
    return value;
  }
  return value === "None" || value === "" ? null : (parsePythonList(value) ?? value);
}

/** @returns No labels when the chain has none. */
function judge(given: v.InferOutput<typeof LABELS>, stepCount: number): Judgement {
  if (given === undefined || given === null) {
    return { isWhole: true };
  }
  if (given.length !== stepCount) {
    throw rowFault(`it has ${stepCount} steps and ${given.length} entries in "labels"`);
  }
  const first = given.findIndex((label) => label !== 1);
  const labels = given.map((_, index) =>
    first < 0 || index < first ? "good" : index === first ? "bad" : null,
  );
  return { labels, firstError: firstErrorOf(labels), isWhole: !labels.includes(null) };
}

function readFlat(row: Row, fields: Fields): ChainRecord {
  const parsed = parseFields(FLAT_ROW, fields);
  const { chain_of_thoughts: steps } = parsed;
  const id = readId(fields);
  const isJudged = typeof parsed.parsed_answer_correctness === "boolean";
  const { isWhole, ...judged } = judge(parsed.labels, steps.length);
  const read = [
    ...(id === undefined ? [] : ["id"]),
    "question",
    "answer",
    "chain_of_thoughts",
    ...(isWhole ? ["labels"] : []),
    ...(isJudged ? ["parsed_answer_correctness"] : []),
  ];
  const { cot_id: place } = fields;
  return makeRecord(row, {
    id,
    suffix: typeof place === "number" || typeof place === "string" ? `chain ${place}` : undefined,
    problem: parsed.question,
    chain: givenSteps(steps),
    ...judged,
    gold: parsed.answer,
    isCorrect: parsed.parsed_answer_correctness ?? undefined,
    rest: restOf(row.fields, read),
  });
}

function readChains(row: Row): readonly ChainRecord[] {
  const { question, answer, chain_of_thoughts: chains } = parseFields(ROW, row.fields);
  const id = readId(row.fields);
  const read = ["question", "answer", "chain_of_thoughts", ...(id === undefined ? [] : ["id"])];
  const rest = restOf(row.fields, read);
  return chains.map((chain, index) => {
    const { steps, labels, parsed_answer_correctness: isRight } = parseFields(CHAIN, chain);
    const { isWhole, ...judged } = judge(labels, steps.length);
    const kept = restOf(chain, ["steps", "parsed_answer_correctness", ...(isWhole ? ["labels"] : [])]);
    return makeRecord(row, {
      id,
      suffix: chains.length > 1 ? `chain ${index + 1}` : undefined,
      problem: question,
      chain: givenSteps(steps),
      ...judged,
      gold: answer,
      isCorrect: isRight ?? undefined,
      rest: Object.keys(kept).length === 0 ? rest : { ...rest, chain_of_thoughts: [kept] },
    });
  });
}

export const versaprm = {
  id: "versaprm",
  label: "VersaPRM",
  matches: (fields) => hasFields(fields, "question", "chain_of_thoughts"),
  read(row) {
    const { fields } = row;
    const { chain_of_thoughts: given, labels } = fields;
    const chains = readList(given);
    const [first] = Array.isArray(chains) ? (chains as readonly unknown[]) : [];
    if (Array.isArray(chains) && chains.length === 0) {
      throw rowFault('its "chain_of_thoughts" are empty');
    }
    return isFields(first)
      ? readChains(row)
      : [readFlat(row, { ...fields, chain_of_thoughts: chains, labels: readList(labels) })];
  },
} as const satisfies Format;
