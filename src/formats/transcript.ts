/** Conversations as one text, as https://huggingface.co/datasets/Anthropic/hh-rlhf writes them. */

const TURN = /\n\n(Human|Assistant):/;
const FIRST_TURN = "Human:";

export interface Turn {
  readonly role: "user" | "assistant";
  readonly content: string;
}

/** The turns as messages, without the space behind their marks; undefined for any other text. */
export function readTranscript(text: string): readonly Turn[] | undefined {
  const said = text.trimStart();
  const [, ...parts] = said.startsWith(FIRST_TURN) ? `\n\n${said}`.split(TURN) : [];
  const roles = parts.filter((_, index) => index % 2 === 0);
  if (!roles.includes("Assistant")) {
    return undefined;
  }
  return roles.map((role, index) => ({
    role: role === "Human" ? "user" : "assistant",
    content: (parts[2 * index + 1] ?? "").replace(/^ /, ""),
  }));
}
