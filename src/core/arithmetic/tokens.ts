/**
 * A step's text as tokens of arithmetic. Everything that is not a number, an operator, a bracket or an equals sign
 * is a word, an end, or opaque: what a later stage does not understand it must be able to see.
 */
import type { CharOffset } from "../units.ts";
import { GLUED_UNITS, looksLikeVariables } from "./words.ts";

export type Operator = "+" | "-" | "*" | "/" | "^" | "of";

export type Token =
  | {
      readonly kind: "number";
      /** With at most one point, without separators. */
      readonly digits: string;
      readonly isPercent: boolean;
      /** Whether one comma stands in it, three digits before its end: in most of Europe a decimal. */
      readonly hasComma?: true;
      /** Letters written against it, as in 12cm. */
      readonly unit?: string;
    }
  | { readonly kind: "operator"; readonly operator: Operator }
  | { readonly kind: "open" | "close"; readonly bracket: "round" | "brace" }
  | { readonly kind: "fraction" }
  | { readonly kind: "equals"; readonly isApproximate: boolean; readonly isComparison?: true }
  /** A word of two letters or more: a unit, or prose. */
  | { readonly kind: "word"; readonly word: string }
  /** Where a sentence, a line or an item of a list ends. */
  | { readonly kind: "end"; readonly mark: string }
  /** A variable, a root, a comparison: part of an expression that is not arithmetic. */
  | { readonly kind: "opaque" };

export interface PlacedToken {
  readonly token: Token;
  /** Half-open range in the text. */
  readonly start: CharOffset;
  readonly end: CharOffset;
  /** Whether white space (or what only marks text) stands before it. */
  readonly isSpaced: boolean;
}

type Rule = readonly [pattern: RegExp, make: (match: RegExpExecArray, text: string) => Token | undefined];

const OPAQUE: Token = { kind: "opaque" };
const operator =
  (sign: Operator): Rule[1] =>
  () => ({ kind: "operator", operator: sign });
const bracket =
  (kind: "open" | "close", shape: "round" | "brace"): Rule[1] =>
  () => ({ kind, bracket: shape });

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const EXPONENT = /[⁰¹²³⁴⁵⁶⁷⁸⁹]+/y;

/** Digits that a letter, or a second separator, follows are something else: a time, a date, 2x, 1,23. */
function numberToken(match: RegExpExecArray): Token {
  const [, digits = "", percent, unit, odd] = match;
  // 0900 is a time of day; 2ab a product.
  if (odd !== undefined || /^0\d/.test(digits) || (unit !== undefined && !isGluedUnit(unit))) {
    return OPAQUE;
  }
  return {
    kind: "number",
    digits: digits.replaceAll(/\{,\}|,\\!|\\,|,/g, ""),
    isPercent: percent !== undefined,
    ...(/^\d{1,3},\d{3}$/.test(digits) ? { hasComma: true } : {}),
    ...(unit === undefined ? {} : { unit: unit.toLowerCase() }),
  };
}

/** "12cm", "5apples"; "1Dachshund" and "2ab" are variables. */
function isGluedUnit(letters: string): boolean {
  return (
    GLUED_UNITS.has(letters.toLowerCase()) ||
    (letters.length > 3 && /^[a-z]/.test(letters) && /[aeiou]/.test(letters) && !looksLikeVariables(letters))
  );
}

/** Letters behind a number or a bracket may be variables: "2 xy". */
function wordToken({ 0: word, index }: RegExpExecArray, text: string): Token {
  const before = text.slice(Math.max(0, index - 4), index).replace(/(?:\\[,;:! ]|\s)+$/, "");
  return /[\d)}\]]$/.test(before) && looksLikeVariables(word.toLowerCase()) && !/^(?:AM|PM)$/.test(word)
    ? OPAQUE
    : { kind: "word", word: word.toLowerCase() };
}

/** `**` is a power between two operands and emphasis elsewhere. */
function starsToken(match: RegExpExecArray, text: string): Token | undefined {
  const before = text.charAt(match.index - 1);
  const after = text.charAt(match.index + match[0].length);
  return /[\d)]/.test(before) && /[\d(]/.test(after) ? { kind: "operator", operator: "^" } : undefined;
}

/**
 * An `x` between two operands, `3 x 4` or `3 pens x 4`, multiplies; an `a` before a number or a word is a word; any other single
 * letter is a variable.
 */
function letterToken(match: RegExpExecArray, text: string): Token {
  const [letter] = match;
  const before =
    text
      .slice(Math.max(0, match.index - 4), match.index)
      .trimEnd()
      .at(-1) ?? "";
  const after = text.slice(match.index + 1, match.index + 5).trimStart();
  const isOperand = /^[\d($.\\]/.test(after);
  const isApart = /\s/.test(text.charAt(match.index - 1)) && /\s/.test(text.charAt(match.index + 1));
  if (
    (letter === "x" || letter === "X") &&
    isOperand &&
    (/[\d)%}]/.test(before) || (isApart && /[a-z]/.test(before)))
  ) {
    return { kind: "operator", operator: "*" };
  }
  return /[aAI]/.test(letter) && isApart && /^(?:[\d($]|[a-z]{2})/.test(after)
    ? { kind: "word", word: letter.toLowerCase() }
    : OPAQUE;
}

/*
 * In this order; no pattern can match the same text in two ways, so each try is linear in what it matches. Those
 * that make no token mark text without being part of it.
 */
const RULES: readonly Rule[] = [
  [/[^\S\n]+|[$€£¥&`\u200b]/y, () => undefined],
  [/\n/y, () => ({ kind: "end", mark: "\n" })],
  [/of(?![\w'’-])/y, operator("of")],
  [/\p{L}[\p{L}'’]+/uy, wordToken],
  // A number in another base.
  [/0[xX][\da-fA-F]+|0[bBoO][0-7]+/y, () => OPAQUE],
  // A date.
  [/\d{1,2}\/\d{1,2}\/(?:19|20)\d\d(?!\d)/y, () => OPAQUE],
  [
    /((?:\d{1,3}(?:(?:,|\{,\}|,\\!|\\,)\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)(?:(\s?\\?%)|([a-zA-Z]{2,}(?!\w|\.\w))|([.,:]\d+(?:[.,:]\d+)*|\{[.,]\}\d+|(?![xX]\d)[a-zA-Z_]\w*|!(?!\s|$)))?/y,
    numberToken,
  ],
  [
    /\\\\|\\(?:begin|end)\s?\{(?:align(?:ed|at)?|equation|gather(?:ed)?|split|multline|eqnarray)\*?\}/y,
    () => ({ kind: "end", mark: "\n" }),
  ],
  // A box that is worked on, as in \boxed{11} \times 2, is the sign of a function.
  [/\\boxed(?=\s?\{[^{}\n]{0,40}\}\s?(?:\\(?:times|cdot|div)|[+*/^]))/y, () => OPAQUE],
  [
    /\\(?:[()[\],;:! $]|(?:quad|qquad|left|right|displaystyle|boxed|bigl?|bigr?|Bigl?|Bigr?)(?![a-zA-Z]))/y,
    () => undefined,
  ],
  [/\\(?:times|cdot)(?![a-zA-Z])/y, operator("*")],
  [/\\div(?![a-zA-Z])/y, operator("/")],
  [/\\[dtc]?frac(?![a-zA-Z])/y, () => ({ kind: "fraction" })],
  [/\\approx(?:eq)?(?![a-zA-Z])/y, () => ({ kind: "equals", isApproximate: true })],
  [
    /\\(?:text|mathrm|textrm|mbox|operatorname\*?)\s?\{([^{}\n]{0,60})\}/y,
    ([, words = ""]) =>
      /[a-z]/i.test(words) ? { kind: "word", word: words.trim().toLowerCase() } : undefined,
  ],
  [/\\[a-zA-Z]+/y, () => OPAQUE],
  [/(?:=>|=<|<=|>=|!=|:=|->|→|⇒|⟹|≠|≤|≥|<|>|≡)/y, () => ({ kind: "end", mark: "<" })],
  [/≈|~=|≅|≃/y, () => ({ kind: "equals", isApproximate: true })],
  [/==/y, () => ({ kind: "equals", isApproximate: false, isComparison: true })],
  [/=/y, () => ({ kind: "equals", isApproximate: false })],
  [/\*\*/y, starsToken],
  [/[*×·⋅∙✕✖∗]/y, operator("*")],
  [/[/÷∕]/y, operator("/")],
  [/\+/y, operator("+")],
  [/[-−–]/y, operator("-")],
  [/\^/y, operator("^")],
  [/[([]/y, bracket("open", "round")],
  [/[)\]]/y, bracket("close", "round")],
  [/\{/y, bracket("open", "brace")],
  [/\}/y, bracket("close", "brace")],
  [/[a-zA-Z]/y, letterToken],
  [/[.,;:!?"“”—…|#•◦▪‣●○✓✔✅➤]/y, (match) => ({ kind: "end", mark: match[0] })],
];

const SIZING = /^\\(?:left|right|[bB]ig[lr]?|!)/;

/** Splits a text into tokens. Never throws; linear in the length of the text. */
export function tokenize(text: string): readonly PlacedToken[] {
  const tokens: PlacedToken[] = [];
  let at = 0;
  let isSpaced = true;
  while (at < text.length) {
    const { made, end } = readTokens(text, at);
    for (const token of made) {
      tokens.push({ token, start: at, end, isSpaced });
    }
    // "5\left(" is "5(".
    isSpaced = made.length === 0 && (isSpaced || !SIZING.test(text.slice(at, end)));
    at = end;
  }
  return tokens;
}

function readTokens(text: string, at: CharOffset): { made: readonly Token[]; end: CharOffset } {
  EXPONENT.lastIndex = at;
  const exponent = EXPONENT.exec(text)?.[0];
  if (exponent !== undefined) {
    const digits = Array.from(exponent, (digit) => SUPERSCRIPTS.indexOf(digit)).join("");
    const made: Token[] = [
      { kind: "operator", operator: "^" },
      { kind: "number", digits, isPercent: false },
    ];
    return { made, end: at + exponent.length };
  }
  for (const [pattern, make] of RULES) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) {
      const token = make(match, text);
      return { made: token === undefined ? [] : [token], end: at + match[0].length };
    }
  }
  const isPair = (text.codePointAt(at) ?? 0) > 0xffff;
  return { made: [OPAQUE], end: at + (isPair ? 2 : 1) };
}
