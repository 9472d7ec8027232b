import type { ChatMessage, PromptContext, PromptPart, PromptPiece } from "./protocol.ts";

/**
 * Stand-ins for the parts of a message, so that the chat template is rendered by the checkpoint's own code
 * and its text can still be told from what a person typed. Plane 15 is private use: no template contains it.
 */
const OPEN = "\u{F5C0E}";
const SLOT = /\u{F5C0E}(\d+);/u;

export interface SlottedMessage {
  readonly role: ChatMessage["role"];
  readonly parts: readonly PromptPart[];
}

/** Renders messages made of parts; the whole string is one piece, tokenized at once. */
export function renderChat(
  messages: readonly SlottedMessage[],
  context: PromptContext,
): readonly PromptPiece[] {
  const slots: PromptPart[] = [];
  const slotted = messages.map(({ role, parts }) => ({
    role,
    content: parts
      .map((part) => {
        slots.push(part);
        return `${OPEN}${slots.length - 1};`;
      })
      .join(""),
  }));
  // A split with one capture group alternates: template text, slot number, template text, ...
  const parts = context
    .chat(slotted)
    .split(SLOT)
    .map((text, index): PromptPart | undefined =>
      index % 2 === 0 ? { origin: "template", text } : slots[Number(text)],
    );
  return [parts.filter((part): part is PromptPart => part !== undefined && part.text !== "")];
}
