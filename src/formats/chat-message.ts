/**
 * Chat messages as the usual APIs write them: what was said and what was thought before.
 * OpenAI: https://platform.openai.com/docs/api-reference/chat/object (`content`), with DeepSeek's `reasoning_content`
 * and vLLM's `reasoning`. Anthropic: https://docs.anthropic.com/en/docs/build-with-claude/extended-thinking (blocks
 * of `thinking` and `text`). Inspect: blocks of `reasoning`. Gemini: `parts`, `thought` marking thoughts. ShareGPT: `from`
 * and `value`. LLaMA-Factory: blocks of `type` and `value`.
 */
import { joinSteps } from "../core/chain-record.ts";
import { type Fields, fieldOf, isFields } from "./format.ts";

export interface Said {
  readonly thinking: string;
  readonly text: string;
}

const ASSISTANTS: readonly unknown[] = ["assistant", "gpt", "model", "ai"];
const USERS: readonly unknown[] = ["user", "human"];
const TEXT_BLOCKS: readonly unknown[] = [undefined, "text", "output_text", "input_text"];

const BREAK = "\n\n";

/** Thinking and response as one chain. Thinking that the response holds already is not put in twice. */
export function joinLanes(thinking: string, response: string): string {
  const isApart = thinking.trim() !== "" && !response.includes("<think>");
  return joinSteps({ thinking: isApart ? [thinking] : [], response: [response] }, "");
}

function readBlock(block: unknown): Said {
  if (typeof block === "string") {
    return { thinking: "", text: block };
  }
  const fields: Fields = isFields(block) ? block : {};
  const { type, value, text = value, thinking, reasoning, content, summary, redacted, thought } = fields;
  if (TEXT_BLOCKS.includes(type) && typeof text === "string") {
    return thought === true ? { thinking: text, text: "" } : { thinking: "", text };
  }
  const own = type === "thinking" ? thinking : reasoning;
  const thoughts = redacted === true ? undefined : (own ?? value);
  // Items of OpenAI's Responses API have lists of `summary_text`, and of `reasoning_text` in open models.
  const known = [thoughts, readTexts(content), readTexts(summary)].find(
    (one) => typeof one === "string" && one !== "",
  );
  return {
    thinking: (type === "thinking" || type === "reasoning") && typeof known === "string" ? known : "",
    text: "",
  };
}

/** What texts say, whatever their type; empty for anything else. */
function readTexts(value: unknown): string {
  const texts: unknown[] = Array.isArray(value) ? value.map((part) => fieldOf(part, "text")) : [value];
  return joinFilled(texts.filter((text) => typeof text === "string"));
}

function joinFilled(texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join(BREAK);
}

/** A content: a text, or blocks. */
function readContent(content: unknown): Said {
  if (typeof content === "string") {
    return { thinking: "", text: content };
  }
  const blocks = Array.isArray(content) ? content.map(readBlock) : [];
  return {
    thinking: joinFilled(blocks.map(({ thinking }) => thinking)),
    text: joinFilled(blocks.map(({ text }) => text)),
  };
}

/** A content as text alone; empty when there is none. */
function readText(content: unknown): string {
  return readContent(content).text;
}

export function isMessage(value: unknown): value is Fields {
  if (!isFields(value)) {
    return false;
  }
  const { role, from, content, value: text, parts, reasoning_content: reasoning } = value;
  return (
    (typeof role === "string" && [content, parts, reasoning].some((part) => part !== undefined)) ||
    (typeof from === "string" && text !== undefined)
  );
}

/** Whether a message is a model's. */
export function isAnswer({ role, from }: Fields): boolean {
  return ASSISTANTS.includes(role ?? from);
}

/** Whether a message is a person's. */
export function isUser({ role, from }: Fields): boolean {
  return USERS.includes(role ?? from);
}

/** What a message says; undefined when that is nothing. */
export function readMessage(message: Fields): Said | undefined {
  const {
    content,
    value,
    parts,
    reasoning_content: ofDeepSeek,
    reasoning: ofVllm,
    thinking: other,
  } = message;
  const said = readContent(content ?? value ?? parts);
  const thinking = [ofDeepSeek, ofVllm, other].map(readText).find((text) => text !== "") ?? said.thinking;
  return thinking === "" && said.text === "" ? undefined : { thinking, text: said.text };
}

export interface Conversation {
  /** The last question before the answer; empty when there is none. */
  readonly problem: string;
  readonly answer: Said;
}

/** What a user asks last in these messages; empty when none does. */
export function readQuestion(messages: readonly unknown[]): string {
  const asked = messages.filter(isMessage).findLast(isUser);
  return asked === undefined ? "" : (readMessage(asked)?.text ?? "");
}

/** The last answer of a model and the question before it; undefined when no model says anything. */
export function readConversation(messages: readonly unknown[]): Conversation | undefined {
  const at = messages.findLastIndex((message) => isMessage(message) && isAnswer(message));
  const last = messages[at];
  const answer = isFields(last) ? readMessage(last) : undefined;
  return answer && { problem: readQuestion(messages.slice(0, at)), answer };
}
