/** Makes a problem and a chain of whatever was dropped or pasted. Never throws: the worst case is the raw text. */

import type { GivenSteps } from "../core/chain-record.ts";
import { joinSteps } from "./keep-steps.ts";

export interface Intake {
  readonly problem: string | undefined;
  readonly chain: string;
  /** Present when the chain came as a list of steps: where they end is then known, whatever the rule says. */
  readonly given?: GivenSteps;
}

const PROBLEM_KEYS = ["problem", "question", "prompt", "query", "input"] as const;
const CHAIN_KEYS = [
  "chain",
  "steps",
  "completion",
  "completions",
  "response",
  "solution",
  "output",
  "text",
] as const;
const THINKING_KEYS = ["reasoning_content", "reasoning", "thinking"] as const;

/** The fields this file reads of an object from outside; any of them may be missing or of any type. */
type FieldName =
  | (typeof PROBLEM_KEYS)[number]
  | (typeof CHAIN_KEYS)[number]
  | (typeof THINKING_KEYS)[number]
  | "messages"
  | "choices"
  | "message"
  | "role"
  | "content";
type Fields = { readonly [Name in FieldName]?: unknown };

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Parts = string | readonly string[];

/** A text, or a list of texts (or of `{ text }`), one step each. */
function readParts(value: unknown): Parts | undefined {
  if (typeof value === "string") {
    return value;
  }
  if (!Array.isArray(value)) {
    return undefined;
  }
  const parts = value.map((part: unknown) => (isFields(part) ? part.text : part));
  return parts.every((part) => typeof part === "string") ? parts : undefined;
}

function joined(parts: Parts): string {
  return typeof parts === "string" ? parts : parts.join("\n\n");
}

/** A text that may come in parts which are no steps, as a chat message's content does. */
function readText(value: unknown): string | undefined {
  const parts = readParts(value);
  return parts === undefined ? undefined : joined(parts);
}

function readFirst(fields: Fields, keys: readonly FieldName[]): Parts | undefined {
  for (const key of keys) {
    const parts = readParts(fields[key]);
    if (parts !== undefined && joined(parts).trim() !== "") {
      // One completion in a list is a whole chain; one entry of `steps` is a step.
      return key !== "steps" && parts.length === 1 ? joined(parts) : parts;
    }
  }
  return undefined;
}

/** The chain with the thinking that came apart from it, if some did. */
function compose(fields: Fields, problem: string | undefined, response: Parts): Intake {
  const apart = readFirst(fields, THINKING_KEYS);
  const thinking = joined(response).includes("<think>") ? undefined : apart;
  if (typeof response !== "string" && typeof thinking !== "string") {
    const given = { thinking: thinking ?? [], response };
    return { problem, chain: joinSteps(given, "\n\n"), given };
  }
  const lanes = { thinking: thinking === undefined ? [] : [joined(thinking)], response: [joined(response)] };
  return { problem, chain: joinSteps(lanes, "") };
}

/** A message of a model: what it said, and what it thought before. Thinking alone is a chain that was cut short. */
function readAnswer(message: Fields, problem: string | undefined): Intake | undefined {
  const content = readText(message.content);
  const isEmpty = content === undefined && readFirst(message, THINKING_KEYS) === undefined;
  return isEmpty ? undefined : compose(message, problem, content ?? "");
}

/** Chat messages: the last question and the answer to it. */
function readMessages(messages: readonly unknown[]): Intake | undefined {
  const all = messages.filter(isFields);
  const answer = all.findLast((message) => message.role === "assistant");
  if (answer === undefined) {
    return undefined;
  }
  const asked = all.slice(0, all.indexOf(answer)).findLast((message) => message.role === "user");
  return readAnswer(answer, asked && readText(asked.content));
}

/** A completion as OpenAI's API answers it: https://platform.openai.com/docs/api-reference/chat/object */
function readChoices([first]: readonly unknown[], problem: string | undefined): Intake | undefined {
  return isFields(first) && isFields(first.message) ? readAnswer(first.message, problem) : undefined;
}

function readFields(value: unknown): Intake | undefined {
  if (Array.isArray(value)) {
    const first: unknown = value[0];
    // One level: a list of lists is nothing this reads, however deep.
    return readMessages(value) ?? (Array.isArray(first) ? undefined : readFields(first));
  }
  if (!isFields(value)) {
    return undefined;
  }
  const { messages, choices } = value;
  const asked = readFirst(value, PROBLEM_KEYS);
  const problem = asked && joined(asked);
  const chain = readFirst(value, CHAIN_KEYS);
  if (chain !== undefined) {
    return compose(value, problem, chain);
  }
  return (
    (Array.isArray(choices) ? readChoices(choices, problem) : undefined) ??
    (Array.isArray(messages) ? readMessages(messages) : undefined)
  );
}

/** Reads JSON with a problem and a chain, the first row of such JSONL, or takes the text as the chain. */
export function parseIntake(text: string): Intake {
  const trimmed = text.trim();
  if (trimmed.startsWith("{") || trimmed.startsWith("[")) {
    const firstLine = trimmed.slice(0, trimmed.indexOf("\n") + 1 || undefined);
    const read = readFields(parseJson(trimmed) ?? parseJson(firstLine));
    if (read !== undefined) {
      return read;
    }
  }
  return { problem: undefined, chain: text };
}
