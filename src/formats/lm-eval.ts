/**
 * https://github.com/EleutherAI/lm-evaluation-harness: samples_<task>_<time>.jsonl of `--log_samples`. The prompt is
 * the first argument of the first request; `resps` holds the answers, one list a request. A task with several filters
 * (GSM8K has two) writes every answer once a filter, and may judge it differently. Solved examples in front of a
 * question are no part of it.
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
  doc: v.optional(v.unknown()),
  target: v.optional(v.unknown()),
  arguments: v.optional(v.unknown()),
  resps: LIST,
  filter: v.optional(v.unknown()),
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

/** What tasks call their question, in the document that a prompt is made of. */
const QUESTION_NAMES = ["question", "problem", "Question", "Problem", "input", "query"];

const BREAK = "\n\n";

/** What may stand before a question in its line: nothing, a label, or the mark of a template or a list. */
const BEFORE_QUESTION = /(?:^|[>\]]|^[^:.?!]{1,60}:|^\(?\d{1,3}[.)])[ \t"“*]*$/;
/** In characters; no label is looked for farther back. */
const LONGEST_LABEL = 100;

/** Where the question stands last as a text of its own, not as a part of another: a short one may be a word of it. */
function findQuestion(prompt: string, question: string): number {
  for (let at = prompt.lastIndexOf(question); at > 0; at = prompt.lastIndexOf(question, at - 1)) {
    const isWhole = !/^[\p{L}\p{N}]{2}/u.test(question.slice(-1) + prompt.charAt(at + question.length));
    const near = prompt.slice(Math.max(0, at - LONGEST_LABEL), at);
    if (isWhole && BEFORE_QUESTION.test(near.slice(near.lastIndexOf("\n") + 1))) {
      return at;
    }
  }
  return -1;
}

/**
 * The prompt from the document's question on, where paragraphs stand before it: solved examples, or what every prompt
 * of the task begins with.
 */
function withoutExamples(prompt: string, doc: unknown): string {
  const question = QUESTION_NAMES.map((name) => fieldOf(doc, name)).find((one) => typeof one === "string");
  const at = typeof question === "string" && question.trim() !== "" ? findQuestion(prompt, question) : -1;
  return at > 0 && prompt.slice(0, at).includes(BREAK) ? prompt.slice(at) : prompt;
}

function readCorrect(fields: Fields): boolean | undefined {
  const value = METRICS.map((name) => fields[name]).find((metric) => metric === 1 || metric === 0);
  return value === undefined ? undefined : value === 1;
}

/** Where every answer is taken as it came. */
const NO_FILTER = "none";

/** What tells the records of one document apart: the filter, and the answer's place among several. */
function nameAnswer(filter: unknown, place: string | undefined): string | undefined {
  const named = typeof filter === "string" && filter !== NO_FILTER ? [filter] : [];
  return [...named, ...(place === undefined ? [] : [place])].join(" ") || undefined;
}

export const lmEval = {
  id: "lm-eval",
  label: "lm-evaluation-harness samples",
  matches: (fields) => hasFields(fields, "doc_id", "resps"),
  read(row) {
    const parsed = parseFields(ROW, row.fields);
    const texts = parsed.resps.flat().filter((answer) => typeof answer === "string");
    if (texts.every((answer) => answer.trim() === "")) {
      throw rowFault('its "resps" hold no generated text');
    }
    const gold = v.safeParse(ANSWER, parsed.target);
    const problem = withoutExamples(readPrompt(parsed.arguments), parsed.doc);
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
        suffix: nameAnswer(parsed.filter, texts.length > 1 ? `answer ${index + 1}` : undefined),
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
