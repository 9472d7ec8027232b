/**
 * The final answer a chain states, by the marks that people and benchmarks use for it; where nothing is marked, what
 * its last line comes to. Of several marks the more explicit one counts, and of one mark the last.
 *
 * The order, box before sentence before number, is that of `extract_answer` in Qwen2.5-Math
 * (github.com/QwenLM/Qwen2.5-Math, `evaluation/parser.py`).
 */
import type { Trace } from "../trace.ts";
import { lastLineAnswer } from "./last-line.ts";

/**
 * `boxed`: LaTeX's `\boxed{…}`. `tagged`: `<answer>…</answer>`. `hashes`: GSM8K's `#### …`. `sentence`: "the answer
 * is …" or "Answer: …". `last-line`: not marked, and so less sure than the others.
 */
export type AnswerMark = "boxed" | "tagged" | "hashes" | "sentence" | "last-line";

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

/** The answer a text states; undefined where it states none that can be found. */
export function extractAnswer(text: string): ExtractedAnswer | undefined {
  return (
    markedAnswer(text) ?? found("sentence", lastSentence(text)) ?? found("last-line", lastLineAnswer(text))
  );
}

/** A reference answer by itself, where it comes as a whole solution. */
export function goldAnswer(gold: string): string {
  return markedAnswer(gold)?.text ?? gold;
}

/** By the marks that stand for nothing else. */
function markedAnswer(text: string): ExtractedAnswer | undefined {
  return (
    found("boxed", lastBoxed(text)) ?? found("tagged", lastTagged(text)) ?? found("hashes", lastHashes(text))
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
    const inside = text.slice(start, end);
    last = inside.trim() === "" ? last : inside;
  }
  return last ?? lastBareBox(text);
}

const BARE_BOX = /\\f?boxed\s+([\w.,/-]*\w)/g;

/** TeX takes the one character behind it; who writes so means the word. */
function lastBareBox(text: string): string | undefined {
  return [...text.matchAll(BARE_BOX)].at(-1)?.[1];
}

/** Longer than any answer: bounds the search where braces never balance and lines never end. */
const LONGEST = 2000;

function closingBrace(text: string, start: number): number | undefined {
  let depth = 1;
  const limit = Math.min(text.length, start + LONGEST);
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

const TAGGED = /<answer>([^<]*)<\/answer>/gi;

function lastTagged(text: string): string | undefined {
  return [...text.matchAll(TAGGED)].at(-1)?.[1];
}

const HASHES = /^[^\S\n]*#{4}[^\S\n]*([^#\n][^\n]*)$/gm;
/** A sign, a currency, digits: what GSM8K writes there. */
const NUMBER_ALONE = /^[-+−$€£]*\s?\d[\d.,/%\s]*$/;

/** Four hashes open a heading of Markdown, too: they mark an answer where it is a number, or nothing follows it. */
function lastHashes(text: string): string | undefined {
  const answers = [...text.matchAll(HASHES)].filter(({ index, 0: line, 1: said = "" }) => {
    const isLast = text.slice(index + line.length).trim() === "";
    return isLast || NUMBER_ALONE.test(said.trim());
  });
  return answers.at(-1)?.[1];
}

/** "The answer is", "the correct option would be", "the answer to the question is", "**Answer**:", "Final answer =". */
const SENTENCE =
  /\b(?:answer|correct (?:option|choice))\b(?:[^\S\n]+(?:to|of|for)\b[^.:=\n]{1,80}?)?\**[^\S\n]*(?:\b(?:is|will be|would be|should be|must be|comes to|equals)\b|=|:)(?:[^\S\n]*:)?[^\S\n]*\**[^\S\n]*/gi;
/** A full stop that ends a sentence, not one inside of a number. */
const SENTENCE_END = /[.!?](?=\s|$|\*)|\n/;
/** A heading, with the answer on the next line. */
const HEADING = /^ {0,3}(?:#+ {0,3})?(?:\*+ {0,3})?(?:final )?answer {0,3}:?\** {0,3}:? {0,3}\n\s*/gim;
/** What is said about an answer, and is none. */
const JUDGEMENT =
  /^(?:correct|right|wrong|incorrect|reasonable|consistent|plausible|clear|obvious|verified|confirmed|found|given|obtained|the same|as follows|not|also|supposed|expected|asked|required|needed|what|that|an?\s+(?:integer|whole number|number|fraction)|in\s+(?:the|dollars|cents|terms))\b/i;

function lastSentence(text: string): string | undefined {
  const starts = [...text.matchAll(SENTENCE), ...text.matchAll(HEADING)]
    .map((match) => match.index + match[0].length)
    .sort((a, b) => a - b);
  return starts.map((start) => upToEnd(text, start)).findLast((one) => one !== "" && !JUDGEMENT.test(one));
}

function upToEnd(text: string, start: number): string {
  const rest = text.slice(start, start + LONGEST);
  const end = SENTENCE_END.exec(rest)?.index ?? rest.length;
  return rest.slice(0, end).trim();
}
