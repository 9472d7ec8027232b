import type { ChatMessage, ChatTemplate, PromptInput, PromptPart, PromptPiece } from "./protocol.ts";

/**
 * Stand-ins for what a person typed, so that the chat template is rendered by the checkpoint's own code
 * and its text can still be told from theirs. Plane 15 is private use: no template contains it.
 */
const OPEN = "\u{F5C0E}";
const SLOT = /\u{F5C0E}(\d+);/u;

function slot(index: number): string {
  return `${OPEN}${index};`;
}

/**
 * A chat whose assistant turn is the steps, each followed by a marker special token; the whole string is
 * tokenized at once, as the model cards of Qwen2.5-Math-PRM and ReasonFlux-PRM-7B do.
 */
export function renderMarkedChat(
  { problem, steps }: PromptInput,
  chat: ChatTemplate,
  { system, marker }: { readonly system?: string; readonly marker: string },
): readonly PromptPiece[] {
  const typed: PromptPart[] = [{ origin: "problem", text: problem }];
  let assistant = "";
  for (const [step, text] of steps.entries()) {
    assistant += slot(typed.length);
    typed.push({ origin: "step", text, step });
    assistant += slot(typed.length);
    typed.push({ origin: "template", text: marker, step, marker: true });
  }
  const messages: ChatMessage[] = [
    ...(system === undefined ? [] : [{ role: "system" as const, content: system }]),
    { role: "user", content: slot(0) },
    { role: "assistant", content: assistant },
  ];
  // A split with one capture group alternates: template text, slot number, template text, ...
  const parts = chat(messages)
    .split(SLOT)
    .map((text, index): PromptPart | undefined =>
      index % 2 === 0 ? { origin: "template", text } : typed[Number(text)],
    );
  return [parts.filter((part) => part !== undefined && part.text !== "") as PromptPart[]];
}
