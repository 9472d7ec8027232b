import { renderChat } from "./chat-slots.ts";
import type { PromptContext, PromptInput, PromptPart, PromptPiece } from "./protocol.ts";
import { without } from "./step-text.ts";

/**
 * A chat whose assistant turn is the steps, each followed by a marker special token; the whole string is
 * tokenized at once, as the model cards of Qwen2.5-Math-PRM and ReasonFlux-PRM-7B do.
 */
export function renderMarkedChat(
  { problem, steps }: PromptInput,
  context: PromptContext,
  { system, marker }: { readonly system?: string; readonly marker: string },
): readonly PromptPiece[] {
  const assistant = steps.flatMap((text, step): PromptPart[] => [
    { origin: "step", text: without(text, marker), step },
    { origin: "template", text: marker, step, read: "last" },
  ]);
  return renderChat(
    [
      ...(system === undefined
        ? []
        : [{ role: "system" as const, parts: [{ origin: "template" as const, text: system }] }]),
      { role: "user", parts: [{ origin: "problem", text: without(problem, marker) }] },
      { role: "assistant", parts: assistant },
    ],
    context,
  );
}
