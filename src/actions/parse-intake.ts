/** Makes a problem and a chain of whatever was dropped or pasted. Never throws: the worst case is the raw text. */

export interface Intake {
  readonly problem: string | undefined;
  readonly chain: string;
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

/** A text, or a list of texts (or of `{ text }`), one step each. */
function readText(value: unknown): string | undefined {
  if (typeof value === "string") {
    return value;
  }
  if (!Array.isArray(value)) {
    return undefined;
  }
  const parts = value.map((part: unknown) => (isFields(part) ? part.text : part));
  return parts.every((part) => typeof part === "string") ? parts.join("\n\n") : undefined;
}

function readFirst(fields: Fields, keys: readonly FieldName[]): string | undefined {
  for (const key of keys) {
    const text = readText(fields[key]);
    if (text !== undefined && text.trim() !== "") {
      return text;
    }
  }
  return undefined;
}

function withThinking(fields: Fields, chain: string): string {
  const thinking = readFirst(fields, THINKING_KEYS);
  return thinking === undefined || chain.includes("<think>")
    ? chain
    : `<think>\n${thinking}\n</think>\n\n${chain}`;
}

/** Chat messages: the last question and the answer to it. */
function readMessages(messages: readonly unknown[]): Intake | undefined {
  const all = messages.filter(isFields);
  const answer = all.findLast((message) => message.role === "assistant");
  const chain = answer && readText(answer.content);
  if (answer === undefined || chain === undefined) {
    return undefined;
  }
  const asked = all.slice(0, all.indexOf(answer)).findLast((message) => message.role === "user");
  return { problem: asked && readText(asked.content), chain: withThinking(answer, chain) };
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
  const messages = value.messages;
  const chain = readFirst(value, CHAIN_KEYS);
  if (chain === undefined) {
    return Array.isArray(messages) ? readMessages(messages) : undefined;
  }
  return { problem: readFirst(value, PROBLEM_KEYS), chain: withThinking(value, chain) };
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
