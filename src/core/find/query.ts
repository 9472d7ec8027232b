/**
 * The language of find: terms with white space between them, all of which a step has to meet. A term is a text, a
 * "quoted phrase", a /regular expression/, or a condition on what is known of the step (`score<0.4`, `delta<-0.3`,
 * `lane:think`, `tag:verify`, `label:bad`, `sum:wrong`, `disagree`); a minus before it negates it.
 */
import type { StepCheck } from "../arithmetic/check.ts";
import { STEP_LABELS, type StepLabel } from "../chain-record.ts";
import { STEP_TAGS, type StepTag } from "../step-tags.ts";
import type { Lane } from "../trace.ts";

export const COMPARISONS = ["<", "<=", ">", ">="] as const;
export type Comparison = (typeof COMPARISONS)[number];

export const SUM_STATUSES = [
  "right",
  "rounded",
  "wrong",
  "partly",
  "unchecked",
] as const satisfies readonly StepCheck["status"][];
export type SumStatus = StepCheck["status"];

export type Condition =
  /** `filter`: what stands before its colon, where a word is written as a filter and is none. */
  | { readonly kind: "text"; readonly text: string; readonly filter?: string }
  | { readonly kind: "pattern"; readonly pattern: string }
  /** `delta`: the reward minus that of the step before. */
  | { readonly kind: "score" | "delta"; readonly comparison: Comparison; readonly value: number }
  | { readonly kind: "lane"; readonly lane: Lane }
  | { readonly kind: "tag"; readonly tag: StepTag }
  | { readonly kind: "label"; readonly label: StepLabel }
  /** What the arithmetic of the step is worth. */
  | { readonly kind: "sum"; readonly status: SumStatus }
  /** The model's reward says otherwise than the arithmetic. */
  | { readonly kind: "disagree" };

export interface Term {
  readonly condition: Condition;
  readonly isNegated: boolean;
}

export type FindQuery =
  | { readonly kind: "terms"; readonly terms: readonly Term[] }
  /** One sentence for people: what cannot be read, and what would be. */
  | { readonly kind: "problem"; readonly problem: string };

/** A longer query is cut off. */
export const LONGEST_QUERY = 1000;

const LANES: readonly Lane[] = ["thinking", "response"];
const CLOSING: Readonly<Record<string, string>> = { '"': '"', "“": "”" };

const SPACE = /\s*/y;
const WORD = /\S+/y;
const COMPARED = /(score|delta)\s*([<>=≤≥]+)\s*(\S*)/iy;
const KEYED = /(lane|tag|label|sum):(\S*)/iy;
const DISAGREE = /disagree(?!\S)/iy;
/** A word, a colon and a word: not "a:b", "12:30" or "https://…". */
const FILTER_LIKE = /^([a-z]{2,}):[\p{L}\d]/iu;
const NUMBER = /^[-+−]?(?:\d+(?:\.\d*)?|\.\d+)$/;

/** A condition and where the text goes on, or why there is none. */
type Read =
  | { readonly condition: Condition | undefined; readonly end: number }
  | { readonly problem: string };

/** Reads what was typed; linear in its length. An empty query has no terms. */
export function parseQuery(typed: string): FindQuery {
  const text = typed.slice(0, LONGEST_QUERY);
  const terms: Term[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const isNegated = text[at] === "-" && /\S/.test(text[at + 1] ?? "");
    const read = readTerm(text, isNegated ? at + 1 : at);
    if ("problem" in read) {
      return { kind: "problem", problem: read.problem };
    }
    if (read.condition !== undefined) {
      terms.push({ condition: read.condition, isNegated });
    }
    at = skipSpace(text, read.end);
  }
  return { kind: "terms", terms };
}

function skipSpace(text: string, from: number): number {
  SPACE.lastIndex = from;
  SPACE.test(text);
  return SPACE.lastIndex;
}

function readTerm(text: string, from: number): Read {
  const first = text[from] ?? "";
  if (first in CLOSING) {
    return readPhrase(text, from);
  }
  if (first === "/") {
    return readPattern(text, from);
  }
  return (
    readComparison(text, from) ?? readKeyed(text, from) ?? readDisagree(text, from) ?? readWord(text, from)
  );
}

/** To its closing quote, or to the end while it is being typed; a doubled quote is one. */
function readPhrase(text: string, from: number): Read {
  const closing = CLOSING[text[from] ?? ""] ?? '"';
  let phrase = "";
  let at = from + 1;
  while (at < text.length) {
    if (text[at] !== closing) {
      phrase += text[at];
      at += 1;
    } else if (text[at + 1] === closing && phrase !== "") {
      phrase += closing;
      at += 2;
    } else {
      at += 1;
      break;
    }
  }
  return { condition: phrase === "" ? undefined : { kind: "text", text: phrase }, end: at };
}

/** To the slash that closes it, which no backslash and no bracket holds. */
function readPattern(text: string, from: number): Read {
  let isInClass = false;
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === "\\") {
      at += 1;
    } else if (char === "[" || char === "]") {
      isInClass = char === "[";
    } else if (char === "/" && !isInClass) {
      return checkPattern(text.slice(from + 1, at), at + 1);
    }
  }
  return { problem: "A regular expression ends with a slash, as in /so 4 .* 6/; quotes make it plain text." };
}

function checkPattern(pattern: string, end: number): Read {
  if (pattern === "") {
    return { problem: "Between the slashes stands a regular expression, as in /so 4 .* 6/." };
  }
  try {
    compilePattern(pattern);
  } catch (error) {
    const said = error instanceof Error ? (error.message.split(": ").at(-1) ?? "") : "";
    return { problem: `The regular expression /${pattern}/ cannot be read: ${said || "it is not valid"}.` };
  }
  return { condition: { kind: "pattern", pattern }, end };
}

/**
 * A reader's pattern: without regard to case, `^` and `$` at every line.
 * @throws SyntaxError
 */
export function compilePattern(pattern: string): RegExp {
  try {
    return new RegExp(pattern, "gimu");
  } catch {
    // Unicode mode refuses escapes that need none, as in \- or \=; they mean what they say.
    return new RegExp(pattern, "gim");
  }
}

/** A text as it is, without regard to case. */
export function compileText(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"), "giu");
}

const WRITTEN: Readonly<Record<string, Comparison>> = {
  "<": "<",
  "<=": "<=",
  "≤": "<=",
  ">": ">",
  ">=": ">=",
  "≥": ">=",
};

function readComparison(text: string, from: number): Read | undefined {
  COMPARED.lastIndex = from;
  const [whole, name = "", written = "", number = ""] = COMPARED.exec(text) ?? [];
  if (whole === undefined) {
    return undefined;
  }
  const kind = name.toLowerCase() === "score" ? "score" : "delta";
  const example = kind === "score" ? "score<0.4" : "delta<-0.3";
  const comparison = WRITTEN[written];
  if (comparison === undefined) {
    return { problem: `A ${kind} is compared by <, <=, > or >=, as in ${example}.` };
  }
  if (!NUMBER.test(number)) {
    return { problem: `${kind}${written} needs a number, as in ${example}.` };
  }
  const value = Number(number.replace("−", "-"));
  return { condition: { kind, comparison, value }, end: from + whole.length };
}

function readKeyed(text: string, from: number): Read | undefined {
  KEYED.lastIndex = from;
  const [whole, name = "", value = ""] = KEYED.exec(text) ?? [];
  if (whole === undefined) {
    return undefined;
  }
  const end = from + whole.length;
  switch (name.toLowerCase()) {
    case "lane": {
      const lane = startingWith(LANES, value);
      return lane === undefined
        ? { problem: "lane: needs think or response." }
        : { condition: { kind: "lane", lane }, end };
    }
    case "label": {
      const label = startingWith(STEP_LABELS, value);
      return label === undefined
        ? { problem: `label: needs one of ${STEP_LABELS.join(", ")}.` }
        : { condition: { kind: "label", label }, end };
    }
    case "sum": {
      const status = startingWith(SUM_STATUSES, value);
      return status === undefined
        ? { problem: `sum: needs one of ${SUM_STATUSES.join(", ")}.` }
        : { condition: { kind: "sum", status }, end };
    }
    default: {
      const tag = startingWith(STEP_TAGS, value);
      return tag === undefined
        ? { problem: `tag: needs one of ${STEP_TAGS.join(", ")}.` }
        : { condition: { kind: "tag", tag }, end };
    }
  }
}

/** The first letters of a name are enough: `think` means `thinking`. */
function startingWith<Name extends string>(names: readonly Name[], typed: string): Name | undefined {
  return typed === "" ? undefined : names.find((name) => name.startsWith(typed.toLowerCase()));
}

function readWord(text: string, from: number): Read {
  WORD.lastIndex = from;
  const [word = ""] = WORD.exec(text) ?? [];
  const [, filter] = FILTER_LIKE.exec(word) ?? [];
  return {
    condition: { kind: "text", text: word, ...(filter === undefined ? {} : { filter }) },
    end: from + word.length,
  };
}

function readDisagree(text: string, from: number): Read | undefined {
  DISAGREE.lastIndex = from;
  const [word] = DISAGREE.exec(text) ?? [];
  return word === undefined ? undefined : { condition: { kind: "disagree" }, end: from + word.length };
}

/** What in a query is written as a filter and is none: it is looked for as text. */
export function unknownFilter(typed: string): string | undefined {
  const query = parseQuery(typed);
  if (query.kind === "problem") {
    return undefined;
  }
  for (const { condition } of query.terms) {
    if (condition.kind === "text" && condition.filter !== undefined) {
      return condition.filter;
    }
  }
  return undefined;
}
