/**
 * When two answers are the same. Follows the string rules of the MATH benchmark (Hendrycks et al. 2021,
 * `math_equivalence.py`), and compares numbers by their exact value: 1/2, 0.5, .50 and \frac{1}{2} are one answer.
 *
 * As `strip_string` of Qwen2.5-Math (github.com/QwenLM/Qwen2.5-Math, `evaluation/parser.py`) does it, a unit behind a
 * number is no part of it, and as `choice_answer_clean` there does it, a choice is its letter. Unlike there a unit is
 * kept beside the number: 10 pens is 10, 10 cents is 10, and yet they differ.
 */
import { unitsMeet, unitWords } from "./answer-unit.ts";
import { exactNumber } from "./exact-number.ts";

/** What an answer says. At least one of `choice` and `value` is there. */
export interface AnswerReading {
  /** The letter of a choice, small: `b` of `(B) 5 apples`. */
  readonly choice: string | undefined;
  /** A number in lowest terms, or a text without what changes its looks alone; undefined for a bare letter. */
  readonly value: string | undefined;
  /** Of a number, see `unitWords`; empty for a bare one. */
  readonly unit: readonly string[];
}

/** Marks of LaTeX that change how an answer looks, not what it is. */
const LOOKS: readonly (readonly [pattern: RegExp, by: string])[] = [
  [/\\(?:left|right|displaystyle|,|!|;|:|quad)(?![a-z])/g, ""],
  [/\{,\}/g, ","],
  [/~/g, " "],
  [/\\[ ()[\]]/g, ""],
  [/\\([{}])/g, "$1"],
  [/\\[dt]frac(?![a-z])/g, "\\frac"],
  [/\\(?:text|mathrm|mbox|textbf|mathbf)\s*\{([^{}]*)\}/g, " $1 "],
  [/(?:\^\s*\{\\circ\}|\^\s*\\circ|°)(?:\s*[CF]\b)?/g, ""],
  [/\\?[$%]|[€£¢]/g, ""],
  [/−/g, "-"],
  [/⁄/g, "/"],
  [/([\^_])\{(\w)\}/g, "$1$2"],
  [/[×·]|\\cdot(?![a-z])/g, "\\times"],
  [/π/g, "\\pi"],
  [/\b([ap])\.\s?m\b\.?/gi, "$1m"],
];

/** A short name for the result: `x = 5`, `k=\frac{1}{2}`. */
const NAMED = /^\s*\\?[a-z]\s*=(?!=)/i;
const OUTER_SPACE_OR_STOP = /^\s+|[\s.]+$/g;
/** Marks of bold and slanted print, and of code. */
const PRINT = /^[*_`\s]+|[*_`\s]+$/g;
const FRAC_OF_DIGITS = /\\frac\s*(\d)\s*(\d)(?!\d)/g;
const SQRT_OF_ONE = /\\sqrt\s*(\w)/g;

/** Compatibility forms lose what these mean: 10² would be 102, and 1½ would be 11/2. */
const SUPERSCRIPTS = /[⁰¹²³⁴-⁹⁺⁻ⁿⁱ]+/g;
const SUBSCRIPTS = /[₀-₉]+/g;
const FRACTION_BEHIND_DIGIT = /(\d)(?=[¼-¾⅐-⅞])/g;

/** Words before a number that leave it what it is. */
const LEADS =
  /^(?:(?:approximately|about|roughly|exactly|only|just|simply|indeed|therefore|thus|now|a total of)\s+|≈\s*)+/i;
/** Where an answer ends and its reason begins. */
const REASON =
  /[\s,;]{1,3}(?:because|since|so|which|as|given|meaning|that is|i\.e)\b|\s[—–]\s(?=[a-z]{2})|\s+\((?=(?:because|since|as|i\.e|that|which|the|not)\b)/i;
const YES_OR_NO = /^(yes|no|true|false)(?=\s*[,;:—–]|$)/i;

/** (B), B, option B. */
const CHOICE = /^(?:(?:option|choice|answer)\s+)?\(?([a-j])[).]?$/i;
/** (B) 5 apples, B. 5 apples, option B: 5 apples. */
const CHOICE_WITH_TEXT = /^(?:(?:option|choice)\s+)?(?:\(?([A-J])\)[.:,]?|([A-J])[.:])\s+(\S.*)$/;

const PLAIN = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?`;
const LEADING_NUMBER = new RegExp(
  `^([+-]?(?:${[
    String.raw`\d+\s+\d+\/\d+`,
    String.raw`\d*\s*\\frac\{[+-]?\d+\}\{[+-]?\d+\}`,
    String.raw`\d+\/\d+`,
    String.raw`${PLAIN}\s*(?:\\times|\*|x)\s*10\s*\^\s*(?:\{[+-]?\d+\}|[+-]?\d+)`,
    String.raw`${PLAIN}\s+(?:thousand|million|billion|trillion)\b`,
    PLAIN,
  ].join("|")}))(.*)$`,
  "is",
);
const TIME = /^(\d{1,2}:\d{2})(.*)$/s;
/** Units that are written without a space, too; `5m` may be five times m. */
const ATTACHED = /^(?:cm|mm|km|kg|mg|ml|lbs?|oz|ft|mph|hrs?|mins?|secs?|[ap]m)\b/i;
/** Longer is an explanation, and would be slow to look through. */
const LONGEST_SENTENCE = 200;
const ONE_NUMBER = /^(\D*[a-z]{2}\D*\s)([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)((?:\s\D*)?)$/is;
/** 5 + 5 = 10: what it comes to. */
const SUM = /^[\d\s+\-*/().,]+(?:\\times[\d\s+\-*/().,]+)*=\s*(?=[+-]?[\d.])/;

/** Equal for equal answers that are of one unit. Empty when nothing is left of the answer but its marks. */
export function answerKey(text: string): string {
  const { choice, value } = readAnswer(text);
  return choice ?? value ?? "";
}

export function readAnswer(text: string): AnswerReading {
  const stated = text.replace(PRINT, "").replace(LEADS, "");
  const [, bracketed, stopped, body] = CHOICE_WITH_TEXT.exec(stated) ?? [];
  const choice = bracketed ?? stopped;
  if (choice !== undefined && body !== undefined) {
    return { ...readValue(body), choice: choice.toLowerCase() };
  }
  const reading = readValue(stated);
  const letter = reading.value && CHOICE.exec(reading.value)?.[1];
  return letter ? { choice: letter, value: undefined, unit: [] } : reading;
}

/** Whether two answers are the same answer; a bare number is the same in any unit. */
export function isSameAnswer(a: string, b: string): boolean {
  return answersMeet(readAnswer(a), readAnswer(b));
}

export function answersMeet(a: AnswerReading, b: AnswerReading): boolean {
  return a.choice !== undefined && b.choice !== undefined
    ? a.choice === b.choice
    : a.value !== undefined && a.value === b.value && unitsMeet(a.unit, b.unit);
}

function readValue(text: string): AnswerReading {
  const signs = signUnits(text);
  const spaced = plainText(text);
  const [, word] = YES_OR_NO.exec(spaced) ?? [];
  const [first = ""] = spaced.split(REASON);
  const short = word ?? (first.trim() === "" ? spaced : first);
  const number = readNumber(short) ?? readNumber(short.replace(SUM, "")) ?? readWithin(short);
  if (number !== undefined) {
    return { choice: undefined, value: number.value, unit: [...new Set([...signs, ...number.unit])] };
  }
  return { choice: undefined, value: compact(short), unit: [] };
}

/** Without white space, but between two digits, which are two numbers; in small letters, but for commands of LaTeX. */
function compact(text: string): string {
  const close = text.replace(OUTER_SPACE_OR_STOP, "").replace(/(?<!\d)\s+|\s+(?!\d)/g, "");
  return close.replace(/\\[a-zA-Z]+|[^\\]+/g, (part) => (part.startsWith("\\") ? part : part.toLowerCase()));
}

interface NumberReading {
  readonly value: string;
  readonly unit: readonly string[];
}

/** A number with nothing behind it but a unit. */
function readNumber(text: string): NumberReading | undefined {
  const plain = text.replace(OUTER_SPACE_OR_STOP, "");
  // "1 000" is one number, "3 4" and "1, 234" are two.
  const isSpread = /\d\s+\d{3}(?!\d)/.test(plain) || !/\d,?\s+\d/.test(plain);
  const whole = exactNumber(plain) ?? (isSpread ? exactNumber(plain.replace(/\s+/g, "")) : undefined);
  if (whole !== undefined) {
    return { value: whole, unit: [] };
  }
  const [, time, later = ""] = TIME.exec(plain) ?? [];
  const [, number = "", rest = ""] = LEADING_NUMBER.exec(plain) ?? [];
  const behind = time === undefined ? rest : later;
  const isApart = behind === "" || /^\s/.test(behind) || ATTACHED.test(behind);
  const value = time ?? exactNumber(number);
  const unit = isApart ? unitWords(behind) : undefined;
  return value === undefined || unit === undefined ? undefined : { value, unit };
}

/** The one number of a text in words: Tom has 10 apples. What the words say goes with it as its unit does. */
function readWithin(text: string): NumberReading | undefined {
  const [, before = "", number = "", behind = ""] =
    (text.length > LONGEST_SENTENCE ? undefined : ONE_NUMBER.exec(text)) ?? [];
  const [words, unit] = [unitWords(before), unitWords(behind)];
  const value = exactNumber(number);
  return value === undefined || words === undefined || unit === undefined
    ? undefined
    : { value, unit: [...words, ...unit] };
}

/** Units that are signs. One dollar sign is money, two are LaTeX. */
function signUnits(text: string): readonly string[] {
  const isMoney = /\\\$/.test(text) || ((text.match(/\$/g) ?? []).length === 1 && /\$\s?[\d.]/.test(text));
  return [
    ...(isMoney ? ["dollar"] : []),
    ...(text.includes("%") ? ["percent"] : []),
    ...(text.includes("€") ? ["eur"] : []),
    ...(text.includes("¢") ? ["cent"] : []),
    ...(text.includes("°") || text.includes("\\circ") ? ["degree"] : []),
  ];
}

/** White space stays: it parts a number from its unit. */
function plainText(text: string): string {
  const powers = text.replace(SUPERSCRIPTS, (run) => `^{${run.normalize("NFKC")}}`);
  const indexed = powers.replace(SUBSCRIPTS, (run) => `_{${run.normalize("NFKC")}}`);
  let plain = indexed.replace(FRACTION_BEHIND_DIGIT, "$1 ").normalize("NFKC");
  for (const [pattern, by] of LOOKS) {
    plain = plain.replace(pattern, by);
  }
  plain = plain.replace(OUTER_SPACE_OR_STOP, "").replace(NAMED, "");
  return plain.replace(FRAC_OF_DIGITS, "\\frac{$1}{$2}").replace(SQRT_OF_ONE, "\\sqrt{$1}").trim();
}
