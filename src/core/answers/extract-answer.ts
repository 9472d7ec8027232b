/**
 * The final answer a chain states, by the marks that people and benchmarks use for it. Only what is marked as the
 * answer is one: nothing marked is no answer, and never the last number of a text.
 */
import type { Trace } from "../trace.ts";

/** `boxed`: LaTeX's `\boxed{…}`. `hashes`: GSM8K's `#### …`. `sentence`: "the answer is …" or "Answer: …". */
export type AnswerMark = "boxed" | "hashes" | "sentence";

export interface ExtractedAnswer {
  /** As it is written in the chain, trimmed. */
  readonly text: string;
  readonly mark: AnswerMark;
}

/**
 * The last answer of a chain's response. What is said while thinking is not yet the answer, so a chain that ends
 * in its thinking has none.
 */
export function answerOf({ steps }: Pick<Trace, "steps">): ExtractedAnswer | undefined {
  const response = steps.filter(({ lane }) => lane === "response").map(({ text }) => text);
  return extractAnswer(response.join("\n"));
}

/** The last answer marked in a text; of several marks the more explicit one counts: box, hashes, sentence. */
export function extractAnswer(text: string): ExtractedAnswer | undefined {
  return (
    found("boxed", lastBoxed(text)) ??
    found("hashes", lastHashes(text)) ??
    found("sentence", lastSentence(text))
  );
}

/** Leaves out the asterisks of bold print, and an answer of which nothing is left. */
function found(mark: AnswerMark, raw: string | undefined): ExtractedAnswer | undefined {
  const text = raw?.replaceAll("**", "").trim() ?? "";
  return text === "" ? undefined : { text, mark };
}

const BOX = /\\f?boxed\s*\{/g;

/** What stands in the last box whose braces balance; escaped braces do not count. */
function lastBoxed(text: string): string | undefined {
  let last: string | undefined;
  for (const match of text.matchAll(BOX)) {
    const start = match.index + match[0].length;
    const end = closingBrace(text, start);
    if (end === undefined) {
      // What is never closed leaves all later boxes inside of it: they are looked at all the same.
      continue;
    }
    last = text.slice(start, end);
  }
  return last;
}

/** Longer than any answer: bounds the search where braces never balance. */
const LONGEST_BOX = 2000;

function closingBrace(text: string, start: number): number | undefined {
  let depth = 1;
  const limit = Math.min(text.length, start + LONGEST_BOX);
  for (let at = start; at < limit; at += 1) {
    const char = text[at];
    if (char === "\\") {
      at += 1;
    } else if (char === "{") {
      depth += 1;
    } else if (char === "}") {
      depth -= 1;
      if (depth === 0) {
        return at;
      }
    }
  }
  return undefined;
}

const HASHES = /^[^\S\n]*#{4}[^\S\n]*([^#\n][^\n]*)$/gm;

function lastHashes(text: string): string | undefined {
  return [...text.matchAll(HASHES)].at(-1)?.[1];
}

const SENTENCE = /\banswer\b[^\S\n]*(?:is|=|:)(?:[^\S\n]*:)?[^\S\n]*\**[^\S\n]*/gi;
/** A full stop that ends a sentence, not one inside of a number. */
const SENTENCE_END = /[.!?](?=\s|$|\*)|\n/;

function lastSentence(text: string): string | undefined {
  const match = [...text.matchAll(SENTENCE)].at(-1);
  if (match === undefined) {
    return undefined;
  }
  const rest = text.slice(match.index + match[0].length);
  const end = SENTENCE_END.exec(rest)?.index ?? rest.length;
  return rest.slice(0, end);
}
