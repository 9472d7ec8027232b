/**
 * Preference data: two answers to one problem, of which one was chosen. trl's layouts
 * (https://huggingface.co/docs/trl/dataset_formats#preference) with an explicit or an implicit prompt, as texts or as
 * messages; with scores as in https://huggingface.co/datasets/HuggingFaceH4/ultrafeedback_binarized; LLaMA-Factory's
 * Alpaca and ShareGPT layouts (https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md); OpenAI's
 * (https://platform.openai.com/docs/guides/direct-preference-optimization). Both answers of
 * https://huggingface.co/datasets/xinlai/Math-Step-DPO-10K go on from the same steps. That an answer was chosen does
 * not say that it is right.
 */
import * as v from "valibot";
import type { ChainRecord } from "../core/chain-record.ts";
import { isAnswer, isMessage, joinLanes, readMessage, readQuestion, type Said } from "./chat-message.ts";
import {
  ANSWER,
  type Fields,
  type Format,
  fieldOf,
  isFields,
  makeRecord,
  type Row,
  readId,
  restOf,
  rowFault,
} from "./format.ts";
import { isHeldWhole, isOneQuestion, isReadWhole } from "./read-whole.ts";
import { readTranscript, type Turn } from "./transcript.ts";

/** What the chosen answer and the rejected one are called. */
const PAIRS = [
  ["chosen", "rejected"],
  ["chosen_messages", "rejected_messages"],
  ["chosen_response", "rejected_response"],
  ["preferred_output", "non_preferred_output"],
] as const;
type Pair = (typeof PAIRS)[number];

const SUFFIXES = ["chosen", "rejected"] as const;

const SILENT: Said = { thinking: "", text: "" };

/** One of the two answers. */
interface Side {
  readonly said: Said;
  /** What it answers, where it holds that too; else empty. */
  readonly question: string;
  /** Whether that is all that its field has. */
  readonly isWhole: boolean;
}

function hasMessages(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.some(isMessage);
}

function isSide(value: unknown): boolean {
  return typeof value === "string" || isMessage(value) || hasMessages(value);
}

function findPair(fields: Fields): Pair | undefined {
  return PAIRS.find((names) => names.every((name) => isSide(fields[name])));
}

function readSide(fields: Fields, name: string): Side {
  const value = fields[name];
  const list = typeof value === "string" ? readTranscript(value) : value;
  if (typeof value === "string" && list === undefined) {
    return { said: { thinking: "", text: value }, question: "", isWhole: true };
  }
  if (isMessage(list)) {
    return {
      said: readMessage(list) ?? SILENT,
      question: "",
      isWhole: isReadWhole(list) && isAnswer(list),
    };
  }
  const messages: readonly unknown[] = Array.isArray(list) ? list : [];
  const at = messages.findLastIndex((message) => isMessage(message) && isAnswer(message));
  const answer = messages[at];
  if (!isFields(answer)) {
    throw rowFault(`its "${name}" ${Object.hasOwn(fields, name) ? "has no answer" : "is missing"}`);
  }
  return {
    said: readMessage(answer) ?? SILENT,
    question: readQuestion(messages.slice(0, at)),
    isWhole: isHeldWhole(messages),
  };
}

interface Problem {
  readonly text: string;
  /** The fields that it holds whole. */
  readonly read: readonly string[];
}

const PROMPT_NAME = "prompt";
const MESSAGES_NAMES = [PROMPT_NAME, "messages", "conversations", "conversation", "trajectory"];
const TEXT_NAMES = ["question", "problem", "query", "instruction", "input"];

/** Whether a transcript is one question, with the mark of the answer behind it. */
function isOneTurn([question, answer, ...others]: readonly Turn[]): boolean {
  return question?.role === "user" && answer?.content === "" && others.length === 0;
}

function readProblemText(fields: Fields, name: string): Problem | undefined {
  const text = fields[name];
  if (typeof text !== "string" || text.trim() === "") {
    return undefined;
  }
  const turns = readTranscript(text);
  const question = turns === undefined ? "" : readQuestion(turns);
  if (turns !== undefined && question !== "") {
    return { text: question, read: isOneTurn(turns) ? [name] : [] };
  }
  // Alpaca's instruction and what it is about are one prompt.
  const { input } = fields;
  return name === "instruction" && typeof input === "string" && input.trim() !== ""
    ? { text: `${text}\n${input}`, read: ["instruction", "input"] }
    : { text, read: [name] };
}

function readProblemMessages(fields: Fields, name: string): Problem | undefined {
  const value = fields[name];
  const messages = isMessage(value) ? [value] : value;
  const text = hasMessages(messages) ? readQuestion(messages) : "";
  return text === "" ? undefined : { text, read: isOneQuestion(messages) ? [name] : [] };
}

/** The first that is read. */
function find<T>(names: readonly string[], read: (name: string) => T | undefined): T | undefined {
  return names.map(read).find((one) => one !== undefined);
}

/** What the row asks beside its two answers. */
function readProblem(fields: Fields): Problem | undefined {
  const { input } = fields;
  const asked = fieldOf(input, "messages");
  const question = Array.isArray(asked) ? readQuestion(asked) : "";
  return (
    readProblemText(fields, PROMPT_NAME) ??
    find(MESSAGES_NAMES, (name) => readProblemMessages(fields, name)) ??
    find(TEXT_NAMES, (name) => readProblemText(fields, name)) ??
    (question === "" ? undefined : { text: question, read: [] })
  );
}

/** Whether two texts begin with the same words: without a prompt of its own, a row has it in both. */
function beginAlike(one: string, other: string): boolean {
  let length = 0;
  while (length < one.length && one[length] === other[length]) {
    length += 1;
  }
  return /\S\s/.test(one.slice(0, length));
}

function readAnswer({ answer }: Fields): string | undefined {
  const read = v.safeParse(ANSWER, answer);
  return read.success ? (read.output ?? undefined) : undefined;
}

/** The field that names the model of an answer. */
function findModel(fields: Fields, name: string): string | undefined {
  return [`${name}_model`, `${name}-model`].find((model) => typeof fields[model] === "string");
}

export const preference = {
  id: "preference",
  label: "Preferences",
  matches: (fields) => findPair(fields) !== undefined,
  read(row: Row): readonly ChainRecord[] {
    const { fields } = row;
    const names = findPair(fields) ?? PAIRS.find(([name]) => Object.hasOwn(fields, name)) ?? PAIRS[0];
    const sides = names.map((name) => ({ name, ...readSide(fields, name) }));
    if (sides.every(({ said }) => `${said.thinking}${said.text}`.trim() === "")) {
      throw rowFault(`neither its "${names[0]}" nor its "${names[1]}" says anything`);
    }
    const problem = readProblem(fields);
    const models = names.map((name) => findModel(fields, name));
    const id = readId(fields);
    const { initial_reason_steps: begun } = fields;
    const isStepDpo = typeof begun === "string";
    const gold = isStepDpo ? readAnswer(fields) : undefined;
    const [chosen, rejected] = sides.map(({ said }) => said.text);
    const isImplicit =
      problem === undefined &&
      names.every((name) => typeof fields[name] === "string") &&
      sides.every(({ question }) => question === "") &&
      beginAlike(chosen ?? "", rejected ?? "");
    return sides.map(({ name, said, question, isWhole }, index) => {
      const isAsked = question === "" || question === problem?.text;
      const model = models[index];
      const read = [
        ...(isWhole ? [name] : []),
        ...names.filter((other) => other !== name),
        ...models.filter((one) => one !== undefined),
        ...(isAsked ? (problem?.read ?? []) : []),
        ...(id === undefined ? [] : ["id"]),
        ...(isStepDpo ? ["initial_reason_steps"] : []),
        ...(gold === undefined ? [] : ["answer"]),
      ];
      return makeRecord(row, {
        id,
        suffix: SUFFIXES[index],
        problem: question === "" ? (problem?.text ?? "") : question,
        ...(isImplicit ? { isProblemInChain: true } : {}),
        chain: joinLanes(said.thinking, `${isStepDpo ? begun : ""}${said.text}`),
        gold,
        generator: model === undefined ? undefined : String(fields[model]),
        rest: restOf(fields, read),
      });
    });
  },
} as const satisfies Format;
