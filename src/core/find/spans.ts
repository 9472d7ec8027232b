/** Where a regular expression is found in texts. */
import type { CallContext } from "../scorer.ts";
import type { CharOffset } from "../units.ts";
import { compilePattern } from "./query.ts";

/** Half-open, in UTF-16 code units of its text; empty where a pattern matches nothing. */
export interface Span {
  readonly start: CharOffset;
  readonly end: CharOffset;
}

/** More are not listed of one text: nobody reads them, and each would be drawn. */
const MOST_SPANS = 1000;

/** In order, none overlapping another; at most `MOST_SPANS`. */
export function findSpans(expression: RegExp, text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(expression)) {
    spans.push({ start: match.index, end: match.index + match[0].length });
    if (spans.length === MOST_SPANS) {
      break;
    }
  }
  return spans;
}

interface PatternRequest {
  /** A valid one; see `compilePattern`. */
  readonly pattern: string;
  readonly texts: readonly string[];
}

/** Finds a reader's regular expression, which may take forever: the page holds a proxy that can be ended. */
export interface PatternSearch {
  /**
   * @returns the spans in each text
   * @throws AppError `cancelled`
   */
  find(request: PatternRequest, ctx: CallContext<"begun">): Promise<readonly (readonly Span[])[]>;
}

export const patternSearch: PatternSearch = {
  find: async ({ pattern, texts }, { emit }) => {
    emit("begun");
    const expression = compilePattern(pattern);
    return texts.map((text) => findSpans(expression, text));
  },
};
