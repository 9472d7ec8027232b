/**
 * Tells mathematics, code and emphasis from the prose of a step, by the marks people and models write around them. The pieces
 * join to the text they were cut from: whoever draws them cannot lose a character.
 */
import type { CharOffset } from "./units.ts";

/** `escaped`: a dollar sign that a backslash keeps from being a mark. */
export type PieceKind =
  | "text"
  | "bold"
  | "escaped"
  | "inline-math"
  | "display-math"
  | "inline-code"
  | "code-block";

export interface Piece {
  readonly kind: PieceKind;
  /** Half-open range in the text, the marks included. */
  readonly start: CharOffset;
  readonly end: CharOffset;
  /** What stands between the marks; for prose the same as the range. */
  readonly body: readonly [start: CharOffset, end: CharOffset];
}

/** Environments of display mathematics that stand without other marks; their marks are part of what is drawn. */
const ENVIRONMENTS =
  "align|aligned|equation|gather|gathered|multline|cases|array|matrix|pmatrix|bmatrix|vmatrix|split|alignat|eqnarray";
/*
 * What may open a piece, in one walk over the text. A fence is three marks at the beginning of a line, its info on the
 * same one.
 */
const OPENER = new RegExp(
  `(?<fence>(?<=^|\\n)[ \\t]{0,3}(?:\`{3,}|~{3,})[^\\n\`]*(?:\\n|$))|(?<ticks>\`+)|(?<brackets>\\\\\\[)|(?<parens>\\\\\\()|\\\\begin\\{(?<environment>(?:${ENVIRONMENTS})\\*?)\\}|(?<escaped>\\\\[\\\\$\`])|(?<boxed>\\\\boxed(?=\\{))|(?<stars>(?<![\\w*])\\*\\*(?=[^\\s*]))|(?<dollars>\\$\\$?)`,
  "g",
);

/** Cuts a text into prose, mathematics and code. Never throws; linear in the length of the text. */
export function splitMarkup(text: string): readonly Piece[] {
  return new MarkupReader(text).read();
}

/** Whether anything in it is drawn in another way than it is written. */
export function hasMarkup(pieces: readonly Piece[]): boolean {
  return pieces.some(({ kind }) => kind !== "text");
}

class MarkupReader {
  readonly #text: string;
  readonly #pieces: Piece[] = [];
  /** Where each closing mark stands next, so that one that never comes is sought once. */
  readonly #nextClose = new Map<string, CharOffset>();
  #from: CharOffset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): readonly Piece[] {
    const text = this.#text;
    for (const match of text.matchAll(OPENER)) {
      const piece = match.index < this.#from ? undefined : this.#pieceAt(match);
      if (piece !== undefined) {
        this.#addText(piece.start);
        this.#pieces.push(piece);
        this.#from = piece.end;
      }
    }
    this.#addText(text.length);
    return this.#pieces;
  }

  #addText(end: CharOffset): void {
    if (end > this.#from) {
      this.#pieces.push({ kind: "text", start: this.#from, end, body: [this.#from, end] });
      this.#from = end;
    }
  }

  #pieceAt(match: RegExpMatchArray & { readonly index: number }): Piece | undefined {
    const { fence, ticks, brackets, parens, environment, escaped, boxed, stars, dollars } =
      match.groups ?? {};
    const start = match.index;
    const inner = start + match[0].length;
    if (fence !== undefined) {
      return this.#codeBlock(start, inner, fence.trim().charAt(0));
    }
    if (ticks !== undefined) {
      const end = this.#close(ticks, inner);
      const isOneLine = end !== undefined && !this.#text.slice(inner, end).includes("\n");
      const isRun = end !== undefined && this.#text.charAt(end + ticks.length) !== "`";
      return isOneLine && isRun && end > inner
        ? piece("inline-code", start, [inner, end], ticks.length)
        : undefined;
    }
    if (brackets !== undefined || parens !== undefined) {
      const end = this.#close(brackets === undefined ? "\\)" : "\\]", inner);
      return end === undefined
        ? undefined
        : piece(brackets === undefined ? "inline-math" : "display-math", start, [inner, end], 2);
    }
    if (environment !== undefined) {
      const mark = `\\end{${environment}}`;
      const end = this.#close(mark, inner);
      return end === undefined
        ? undefined
        : { kind: "display-math", start, end: end + mark.length, body: [start, end + mark.length] };
    }
    if (dollars === "$$") {
      const end = this.#close("$$", inner);
      return end === undefined || end === inner ? undefined : piece("display-math", start, [inner, end], 2);
    }
    if (escaped === "\\$") {
      return { kind: "escaped", start, end: inner, body: [start + 1, inner] };
    }
    if (boxed !== undefined) {
      return this.#boxed(start, inner);
    }
    if (stars !== undefined) {
      return this.#bold(start, inner);
    }
    return dollars === "$" ? this.#inlineMath(start) : undefined;
  }

  /** An answer in a box without the marks of mathematics; one in words stays as it is, as its spaces would be lost. */
  #boxed(start: CharOffset, inner: CharOffset): Piece | undefined {
    const from = inner + 1;
    let depth = 1;
    for (let at = from; at < Math.min(this.#text.length, from + LONGEST_LINE_PIECE); at += 1) {
      const char = this.#text.charAt(at);
      if (char === "\\") {
        at += 1;
      } else if (char === "\n" || char === "$") {
        return undefined;
      } else if (char === "{") {
        depth += 1;
      } else if (char === "}") {
        depth -= 1;
      }
      if (depth === 0) {
        const words = this.#text.slice(from, at).replace(/\\text\{[^{}]*\}|\\[a-zA-Z]+/g, " ");
        return /[a-zA-Z]{2}/.test(words)
          ? undefined
          : { kind: "inline-math", start, end: at + 1, body: [start, at + 1] };
      }
    }
    return undefined;
  }

  /** Between two stars on one line, where there is nothing but prose and neither of them could be a power. */
  #bold(start: CharOffset, inner: CharOffset): Piece | undefined {
    const end = this.#match("**", CLOSING_STARS, inner + 1);
    const newline = this.#close("\n", inner) ?? this.#text.length;
    if (end === undefined || end > newline || end - inner > LONGEST_LINE_PIECE) {
      return undefined;
    }
    return /[$`\\*]/.test(this.#text.slice(inner, end)) ? undefined : piece("bold", start, [inner, end], 2);
  }

  /** Where a pattern is next met at or behind a place. */
  #match(name: string, pattern: RegExp, from: CharOffset): CharOffset | undefined {
    const known = this.#nextClose.get(name);
    if (known !== undefined && known >= from) {
      return known === Number.POSITIVE_INFINITY ? undefined : known;
    }
    pattern.lastIndex = from;
    const found = pattern.exec(this.#text)?.index;
    this.#nextClose.set(name, found ?? Number.POSITIVE_INFINITY);
    return found;
  }

  /** A block that is never closed goes to the end. */
  #codeBlock(start: CharOffset, inner: CharOffset, mark: string): Piece {
    const fence = mark.repeat(3);
    let at = inner;
    while (at < this.#text.length) {
      const newline = this.#text.indexOf("\n", at);
      const lineEnd = newline < 0 ? this.#text.length : newline;
      const line = this.#text.slice(at, Math.min(lineEnd, at + LONGEST_CLOSING_LINE)).trim();
      if (line.startsWith(fence) && line.replaceAll(mark, "") === "") {
        return { kind: "code-block", start, end: lineEnd, body: [inner, Math.max(inner, at - 1)] };
      }
      at = lineEnd + 1;
    }
    return { kind: "code-block", start, end: this.#text.length, body: [inner, this.#text.length] };
  }

  /**
   * Between single dollars, as pandoc tells them from money: no white space within either of them, no digit behind
   * the second, all on one line.
   */
  #inlineMath(start: CharOffset): Piece | undefined {
    const inner = start + 1;
    if (/\s/.test(this.#text.charAt(inner))) {
      return undefined;
    }
    const end = this.#match("$", CLOSING_DOLLAR, inner + 1);
    if (end === undefined) {
      return undefined;
    }
    const newline = this.#close("\n", inner) ?? this.#text.length;
    return end < newline ? piece("inline-math", start, [inner, end], 1) : undefined;
  }

  /** Where a mark stands next at or behind a place. */
  #close(mark: string, from: CharOffset): CharOffset | undefined {
    const known = this.#nextClose.get(mark);
    if (known !== undefined && known >= from) {
      return known === Number.POSITIVE_INFINITY ? undefined : known;
    }
    const found = this.#text.indexOf(mark, from);
    this.#nextClose.set(mark, found < 0 ? Number.POSITIVE_INFINITY : found);
    return found < 0 ? undefined : found;
  }
}

/** A closing fence is short; what is longer is code. */
const LONGEST_CLOSING_LINE = 80;
/** What is written in one line and is longer is no emphasis and no answer. */
const LONGEST_LINE_PIECE = 400;
const CLOSING_STARS = /(?<=[^\s*])\*\*(?![\w*])/g;
const CLOSING_DOLLAR = /(?<![\s\\$])\$(?![\d$])/g;

function piece(
  kind: PieceKind,
  start: CharOffset,
  body: readonly [CharOffset, CharOffset],
  markLength: number,
): Piece {
  return { kind, start, end: body[1] + markLength, body };
}
