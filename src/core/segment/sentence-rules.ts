import type { CharOffset } from "../units.ts";
import { isWhiteSpace } from "./white-space.ts";

/** Longest word looked at on either side of a period; longer ones are no abbreviation. */
const MAX_WORD = 16;
/** Longest "Theorem 12"-like label; a period after one introduces what it labels. */
const MAX_LABEL = 24;

const ABBREVIATIONS = new Set(
  (
    "dr mr mrs ms prof st jr sr rev gen vs cf e.g i.e eg ie fig figs eq eqs eqn thm lem prop " +
    "sec ch vol pp approx resp ca al viz w.r.t s.t a.k.a w.l.o.g ph.d"
  ).split(" "),
);
/** Words that start a sentence so often that "the point A. Then" is not read as an initial. */
const STARTERS = new Set(
  (
    "a also and an as assume because but by check combining compare consider finally first for from " +
    "given hence however i if in it let next note now observe or other since so step substitute " +
    "suppose that the then there therefore these this thus to using wait we what when which yes"
  ).split(" "),
);
const LABEL = /^[\s#*_>-]*(?:(?:step|case|part|claim|lemma|theorem|question)\s{1,4})?\d{1,4}$/i;
const DIGIT = /\d/;
const INITIALS = /^(?:\p{L}\.)*\p{L}$/u;
const OPENERS = "\"'“‘«([{*_`#「『（【《";
/** Signs that continue a formula rather than start a sentence. */
const CONTINUES = /[\p{Ll}=+\-*/<>^,;:)\]}≤≥≠≈×·÷]/u;

/** Whether what stands at `next` can be the first word of a sentence; the end of the text can. */
export function startsLikeSentence(text: string, next: CharOffset): boolean {
  let at = next;
  while (at < text.length && OPENERS.includes(text.charAt(at))) {
    at += 1;
  }
  return at >= text.length || !CONTINUES.test(text.charAt(at));
}

/** Whether the single period at `at` ends the sentence from `start`; the next word is at `next`. */
export function isSentencePeriod(text: string, start: CharOffset, at: CharOffset, next: CharOffset): boolean {
  if (next >= text.length) {
    return true;
  }
  if (DIGIT.test(text.charAt(at - 1))) {
    return at - start > MAX_LABEL || !LABEL.test(text.slice(start, at));
  }
  const word = wordBefore(text, start, at);
  if (word === "") {
    return true;
  }
  // "No. 5" is a number, "No. Wait" is an answer.
  const lower = word.toLowerCase();
  if (ABBREVIATIONS.has(lower) || (lower === "no" && DIGIT.test(text.charAt(next)))) {
    return false;
  }
  // A lone small letter is a variable ("= 2x and y."), a capital one may be an initial ("J. Smith").
  const isInitial = INITIALS.test(word) && (word.length > 1 || word !== lower);
  return !isInitial || STARTERS.has(wordAfter(text, next).toLowerCase());
}

/** The letters and inner periods before a period: "e.g" for "(e.g.". */
function wordBefore(text: string, start: CharOffset, at: CharOffset): string {
  const from = Math.max(start, at - MAX_WORD);
  return /[\p{L}.]*$/u.exec(text.slice(from, at))?.[0] ?? "";
}

function wordAfter(text: string, next: CharOffset): string {
  let end = next;
  while (end < text.length && end - next < MAX_WORD && !isWhiteSpace(text.charCodeAt(end))) {
    end += 1;
  }
  return /\p{L}+/u.exec(text.slice(next, end))?.[0] ?? "";
}
