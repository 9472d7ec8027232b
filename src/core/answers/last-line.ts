/**
 * The answer of a text that marks none: what its last line comes to. Benchmarks take the last number of the whole
 * text (lm-evaluation-harness, `lm_eval/tasks/gsm8k/gsm8k-cot.yaml`, filter `flexible-extract`: the last match of
 * `(-?[$0-9.,]{2,})|(-?[0-9]+)`; Qwen2.5-Math, `evaluation/parser.py`, `extract_answer` with `use_last_number`).
 * That makes an answer of any number, so here only the last line counts, and only where it reads like a result: a
 * value by itself, an equation that ends the line, or a sentence that concludes.
 */

/** Fractions, powers of ten, times, signed and grouped decimals; with a currency before and a percent behind. */
const NUMBER = new RegExp(
  String.raw`(?<![\w.,:^/\\])(?:${[
    String.raw`[-−]?\\[dt]?frac\{[^{}]*\}\{[^{}]*\}`,
    String.raw`[-−]?\d+(?:\.\d+)?\s*(?:×|\\times|\*)\s*10\^\{?[-−]?\d+\}?`,
    String.raw`\d{1,2}:\d{2}(?:\s*[ap]\.?m\b\.?)?`,
    String.raw`[-−]?\\?[$€£]?\s?(?:\d+\s\d+\/\d+|\d+\/\d+|(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?:\s?\\?%)?`,
  ].join("|")})(?![\w^]|[.,:]\d)(?:\s+(?:thousand|million|billion|trillion|percent)\b)?`,
  "gi",
);

/** What only names a place: no number of a result. */
const NAMED_PLACE =
  /\b(?:step|part|case|equation|question|problem|example|figure|page|option|line|method|day|week|chapter|number|no\.)\s*#?$/i;
const YEAR = /^(?:1[89]|20)\d\d$/;
const BEFORE_YEAR = /\b(?:in|since|until|from|by|of|year)\s*$/i;

const CONCLUDES =
  /^(?:so|thus|hence|therefore|consequently|finally|altogether|overall|together|in (?:total|all|conclusion|the end)|as a result|that (?:is|makes|gives|leaves|means)|this (?:is|makes|gives|leaves|means)|we (?:get|have|find|obtain)|the (?:total|result|final \w+|sum|difference|product|probability|value) (?:is|was|of)|∴|=)/i;
/** What is said of a result, or in doubt of it. */
const DOUBTS =
  /^(?:check|verify|to (?:check|verify)|note|wait|hmm|let|if|suppose|assume|step \d+\s*[.:]?\s*$)|\?$|\b(?:not|never|wrong|mistake|incorrect|error|or)\b|n't\b/i;
const LIST_MARK = /^(?:\d{1,3}[.)]|[-*•+])\s+/;
const STEP_MARK = /^\**step\s+\d+\s*[.:)]\**\s*/i;
const BARE_LIST_MARK = /^\d{1,2}[.)]$/;
/** Print and mathematics around a value. */
const MARKS = /\*\*|__|`|\\[()[\]]|\$(?=[^$\d]|$)|(?<=[\d}])\$|\$(?=[^$]*[\d}]\$)/g;
const SENTENCE_BREAK = /(?<=[.!?])\s+(?=[A-Z\\$*(=-])/;
const TAIL_WORDS = /^(?:\s+[a-z][a-z'’/-]*){0,5}$/i;
const RESULT_VERB =
  /=|\b(?:is|are|was|were|be|get|gets|gives?|makes?|have|has|had|leaves?|totals?|equals?|becomes?|costs?|earns?|pays?|spends?|needs?|of|to|by|at|for|takes?)\b/i;
const SECOND_NAME = /\b[a-z]\s*=\s*$/i;
const LISTS = /\b(?:and|or)\b|,/i;

/** A paragraph this long is no result. */
const LONGEST_LINE = 2000;

/** The last number of the last line where that line reads like a result; as it is written there. */
export function lastLineAnswer(text: string): string | undefined {
  const line = text.trimEnd().split("\n").at(-1)?.trim() ?? "";
  if (line.length > LONGEST_LINE) {
    return undefined;
  }
  const isBold = /^(\*\*|__).+\1[.!]?$/.test(line);
  if (BARE_LIST_MARK.test(line) && !isBold) {
    return undefined;
  }
  const plain = line.replace(MARKS, "").replace(LIST_MARK, "").replace(STEP_MARK, "").trim();
  const sentence = plain.split(SENTENCE_BREAK).at(-1) ?? "";
  if (sentence === "" || DOUBTS.test(sentence)) {
    return undefined;
  }
  const numbers = numbersIn(sentence);
  const last = numbers.at(-1);
  if (last === undefined) {
    return undefined;
  }
  const before = sentence.slice(0, last.start);
  const behind = sentence.slice(last.end).replace(/[.!]+\s*$/, "");
  const isAlone = before.trim() === "" && /^(?:\s+[a-z][a-z'’/-]*){0,2}$/i.test(behind);
  const endsEquation = /(?:=|≈)\s*$/.test(before) && TAIL_WORDS.test(behind) && !namesTwo(sentence, numbers);
  const concludes = CONCLUDES.test(sentence) && (numbers.length === 1 || endsIn(sentence, numbers, behind));
  return isAlone || endsEquation || concludes ? last.text : undefined;
}

interface Found {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function numbersIn(sentence: string): readonly Found[] {
  return [...sentence.matchAll(NUMBER)].flatMap((match) => {
    const text = match[0].trim();
    const before = sentence.slice(0, match.index);
    const isYear = YEAR.test(text) && BEFORE_YEAR.test(before);
    return NAMED_PLACE.test(before) || isYear
      ? []
      : [{ text, start: match.index, end: match.index + match[0].length }];
  });
}

/** Whether the last of several numbers is what the sentence comes to, and not one of a list. */
function endsIn(sentence: string, numbers: readonly Found[], behind: string): boolean {
  const [other, last] = numbers.slice(-2);
  if (other === undefined || last === undefined || behind.trim() !== "") {
    return false;
  }
  const between = sentence.slice(other.end, last.start);
  return RESULT_VERB.test(between) && !namesTwo(sentence, numbers);
}

/** `x = 5 and y = 3`, `7 seats and $986`: two results, of which neither is the answer. */
function namesTwo(sentence: string, numbers: readonly Found[]): boolean {
  const [other, last] = numbers.slice(-2);
  if (other === undefined || last === undefined) {
    return false;
  }
  const between = sentence.slice(other.end, last.start);
  return LISTS.test(between) && (SECOND_NAME.test(between) || !RESULT_VERB.test(between));
}
