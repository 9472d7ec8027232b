/**
 * https://inspect.aisi.org.uk/eval-logs.html: the samples of a log, of a `.json` or an `.eval` file. Long texts may
 * stand in `attachments` under a hash; a redacted thought is only known by its summary.
 */
import * as v from "valibot";
import { isMessage, joinLanes, readConversation, readMessage, readQuestion } from "./chat-message.ts";
import {
  type Fields,
  type Format,
  fieldOf,
  hasFields,
  ID,
  isFields,
  MAYBE_LIST,
  makeRecord,
  parseFields,
  restOf,
  rowFault,
} from "./format.ts";
import { isHeldWhole, isOneQuestion } from "./read-whole.ts";

const SAMPLE = v.object({
  id: ID,
  epoch: v.optional(v.number("is not a number")),
  input: v.unknown(),
  target: v.unknown(),
  messages: MAYBE_LIST,
  output: v.optional(v.unknown()),
  scores: v.optional(v.unknown()),
  attachments: v.optional(v.unknown()),
});

const ATTACHMENT = "attachment://";

/** What scorers write for a right and a wrong answer. */
const VALUES = new Map<unknown, boolean>([
  ["C", true],
  [1, true],
  [true, true],
  ["I", false],
  [0, false],
  [false, false],
]);

/** Puts the attachments in place of their hashes, in the two levels at which messages hold texts. */
function attach(value: unknown, attachments: Fields): unknown {
  if (typeof value === "string") {
    const hash = value.startsWith(ATTACHMENT) ? value.slice(ATTACHMENT.length) : undefined;
    return hash !== undefined && Object.hasOwn(attachments, hash) ? attachments[hash] : value;
  }
  return value;
}

function attachMessage(message: unknown, attachments: Fields): unknown {
  if (!isFields(message)) {
    return message;
  }
  const { content } = message;
  const attachBlock = (block: unknown) =>
    isFields(block)
      ? Object.fromEntries(Object.entries(block).map(([name, value]) => [name, attach(value, attachments)]))
      : attach(block, attachments);
  return {
    ...message,
    content: Array.isArray(content) ? content.map(attachBlock) : attach(content, attachments),
  };
}

function readScores(scores: unknown): boolean | undefined {
  const all = isFields(scores) ? Object.values(scores) : [];
  const values = all.map((score) => VALUES.get(fieldOf(score, "value")));
  const [first] = values;
  return values.every((value) => value === first) ? first : undefined;
}

function readTarget(target: unknown): string | undefined {
  const [only, ...others]: unknown[] = Array.isArray(target) ? target : [target];
  return typeof only === "string" && only !== "" && others.length === 0 ? only : undefined;
}

/** The samples inside of a log; undefined for anything else. */
export function samplesOfLog(
  document: Fields,
): { samples: readonly unknown[]; model: string | undefined } | undefined {
  const { samples, eval: header } = document;
  if (!Array.isArray(samples) || !isFields(header)) {
    return undefined;
  }
  return { samples, model: modelOfLog(document) };
}

export function modelOfLog({ eval: header }: Fields): string | undefined {
  const { model }: Fields = isFields(header) ? header : {};
  return typeof model === "string" ? model : undefined;
}

export const inspect = {
  id: "inspect",
  label: "Inspect log",
  matches: (fields) => hasFields(fields, "epoch", "input", "target"),
  read(row) {
    const sample = parseFields(SAMPLE, row.fields);
    const attachments = isFields(sample.attachments) ? sample.attachments : {};
    const messages = (sample.messages ?? []).map((message) => attachMessage(message, attachments));
    const conversation = readConversation(messages);
    const { choices }: Fields = isFields(sample.output) ? sample.output : {};
    const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
    const { message: output }: Fields = isFields(choice) ? choice : {};
    const fallback = attachMessage(output, attachments);
    const answer = conversation?.answer ?? (isMessage(fallback) ? readMessage(fallback) : undefined);
    if (answer === undefined) {
      throw rowFault("it has no answer of a model");
    }
    const input = attach(sample.input, attachments);
    const asked = Array.isArray(input)
      ? readQuestion(input.map((message) => attachMessage(message, attachments)))
      : input;
    const problem = conversation?.problem || asked;
    const gold = readTarget(sample.target);
    const isAsked = Array.isArray(sample.input) ? isOneQuestion(sample.input) : true;
    const read = [
      "id",
      ...(isAsked && asked === problem ? ["input"] : []),
      ...(gold === undefined ? [] : ["target"]),
      ...(isHeldWhole(sample.messages) ? ["messages"] : []),
    ];
    return [
      makeRecord(row, {
        id: sample.id,
        suffix: sample.epoch === undefined || sample.epoch === 1 ? undefined : `epoch ${sample.epoch}`,
        problem: typeof problem === "string" ? problem : "",
        chain: joinLanes(answer.thinking, answer.text),
        gold,
        isCorrect: readScores(sample.scores),
        rest: restOf(row.fields, read),
      }),
    ];
  },
} as const satisfies Format;
