/**
 * Whether a reader holds all that a message says. One with anything else in it (a signature, tool calls, tokens'
 * probabilities) is kept beside the chain as it came.
 */
import { isAnswer, isUser } from "./chat-message.ts";
import { isFields } from "./format.ts";

/** Each message has one of these, and at most one thinking apart from it. */
const CONTENT_NAMES = ["content", "value", "parts"];
const THINKING_NAMES = ["reasoning_content", "reasoning", "thinking"];
const SAID_NAMES = [...CONTENT_NAMES, ...THINKING_NAMES];
const ROLE_NAMES = ["role", "from"];

/** The fields of a block whose text is read, by its type. */
const BLOCK_NAMES: Readonly<Record<string, string>> = {
  text: "text",
  output_text: "text",
  input_text: "text",
  thinking: "thinking",
  reasoning: "reasoning",
};
/** What any of them may have in place of that. */
const ANY_BLOCK_NAME = "value";

function isReadBlock(block: unknown): boolean {
  if (typeof block === "string") {
    return true;
  }
  if (!isFields(block)) {
    return false;
  }
  const { type = "text", ...others } = block;
  const own = typeof type === "string" && Object.hasOwn(BLOCK_NAMES, type) ? BLOCK_NAMES[type] : undefined;
  const [name = "", ...more] = Object.keys(others);
  const isRead = own !== undefined && [own, ANY_BLOCK_NAME].includes(name);
  return isRead && more.length === 0 && typeof others[name] === "string";
}

function isReadContent(content: unknown): boolean {
  return (
    content === null ||
    typeof content === "string" ||
    (Array.isArray(content) && content.every((block) => isReadBlock(block)))
  );
}

/** Whether who said it, what was said and what was thought are all that a message has. */
export function isReadWhole(message: unknown): boolean {
  if (!isFields(message)) {
    return false;
  }
  const names = Object.keys(message).filter((name) => !ROLE_NAMES.includes(name));
  const count = (of: readonly string[]) => names.filter((name) => of.includes(name)).length;
  return (
    names.every((name) => SAID_NAMES.includes(name) && isReadContent(message[name])) &&
    count(CONTENT_NAMES) <= 1 &&
    count(THINKING_NAMES) <= 1 &&
    // Blocks of thinking give way to thinking that stands apart.
    (count(THINKING_NAMES) === 0 || CONTENT_NAMES.every((name) => !Array.isArray(message[name])))
  );
}

/** Whether these messages are one question and its answer, or an answer alone, and nothing more. */
export function isHeldWhole(messages: unknown): boolean {
  if (!Array.isArray(messages) || !messages.every(isReadWhole)) {
    return false;
  }
  const [first, second, ...others] = messages;
  const isAsked = second !== undefined && isFields(first) && isUser(first);
  const last: unknown = isAsked ? second : first;
  return others.length === 0 && isFields(last) && isAnswer(last) && (isAsked || second === undefined);
}

/** Whether these messages are one question and nothing more. */
export function isOneQuestion(messages: unknown): boolean {
  const [only, ...others]: unknown[] = Array.isArray(messages) ? messages : [];
  return others.length === 0 && isFields(only) && isUser(only) && isReadWhole(only);
}
