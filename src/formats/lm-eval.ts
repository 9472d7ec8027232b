/**
 * https://github.com/EleutherAI/lm-evaluation-harness: samples_<task>_<time>.jsonl of `--log_samples`. The prompt is
 * the first argument of the first request; `resps` holds the answers, one list a request.
 */
import * as v from "valibot";
import { readQuestion } from "./chat-message.ts";
import {
  ANSWER,
  type Fields,
  type Format,
  fieldOf,
  hasFields,
  ID,
  isFields,
  makeRecord,
  parseFields,
  restOf,
  rowFault,
} from "./format.ts";
import { parseJson } from "./rows/parse-json.ts";

const LIST = v.array(v.unknown(), "is not a list");
const ROW = v.object({
  doc_id: ID,
  target: v.optional(v.unknown()),
  arguments: v.optional(v.unknown()),
  resps: LIST,
  metrics: v.optional(LIST),
});

/** Metrics of a whole answer that are 1 or 0. */
const METRICS = ["exact_match", "acc"];

/** `arguments` is a list of lists, or, in newer logs, `{ gen_args_0: { arg_0 } }`. */
function findPrompt(args: unknown): unknown {
  const { gen_args_0: named }: Fields = isFields(args) ? args : {};
  const legacy: unknown = Array.isArray(args) ? args[0] : undefined;
  const given: unknown = fieldOf(named, "arg_0") ?? (Array.isArray(legacy) ? legacy[0] : undefined);
  // A prompt made by a chat template comes in a list of its own.
  return Array.isArray(given) ? given[0] : given;
}

/** Whether one request's prompt is all that the arguments are. */
function isPromptAlone(args: unknown, prompt: string): boolean {
  const requests: unknown[] = Array.isArray(args) ? args : isFields(args) ? Object.values(args) : [];
  const given = requests.flatMap((one) => (isFields(one) ? Object.values(one) : one));
  return requests.length === 1 && given.length === 1 && given[0] === prompt;
}

function readPrompt(args: unknown): string {
  const prompt = findPrompt(args);
  if (typeof prompt !== "string") {
    return "";
  }
  // With a chat template, the prompt may be the messages as JSON.
  const messages = prompt.startsWith("[") ? parseJson(prompt) : undefined;
  return (Array.isArray(messages) && readQuestion(messages)) || prompt;
}

function readCorrect(fields: Fields): boolean | undefined {
  const value = METRICS.map((name) => fields[name]).find((metric) => metric === 1 || metric === 0);
  return value === undefined ? undefined : value === 1;
}

export const lmEval = {
  id: "lm-eval",
  label: "lm-evaluation-harness samples",
  matches: (fields) => hasFields(fields, "doc_id", "resps"),
  read(row) {
    const parsed = parseFields(ROW, row.fields);
    const texts = parsed.resps.flat().filter((answer) => typeof answer === "string");
    if (texts.length === 0) {
      throw rowFault('its "resps" hold no generated text');
    }
    const gold = v.safeParse(ANSWER, parsed.target);
    const problem = readPrompt(parsed.arguments);
    // What the request asked for beside its prompt, and a prompt of several messages, are kept as they came.
    const read = [
      "doc_id",
      ...(isPromptAlone(parsed.arguments, problem) ? ["arguments"] : []),
      ...(texts.length === parsed.resps.flat().length ? ["resps"] : []),
      ...(gold.success ? ["target"] : []),
    ];
    return texts.map((text, index) =>
      makeRecord(row, {
        id: parsed.doc_id,
        suffix: texts.length > 1 ? `answer ${index + 1}` : undefined,
        problem,
        chain: text,
        gold: gold.success ? gold.output : undefined,
        // The metric judges what the task takes of all answers: of one of several it says nothing.
        isCorrect: texts.length > 1 ? undefined : readCorrect(row.fields),
        rest: restOf(row.fields, read),
      }),
    );
  },
} as const satisfies Format;
