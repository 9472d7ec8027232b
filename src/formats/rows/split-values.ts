/**
 * Cuts a text that arrives in pieces into the JSON values it holds: JSONL, one list, or values one after another,
 * printed over many lines or not. Linear, and holds no more than the value at hand. A damaged value costs itself
 * alone wherever lines or brackets still tell where the next begins.
 */
import { AppError } from "../../core/errors.ts";
import { parseJson } from "./parse-json.ts";

/** How far a text without a line break is looked at before it is decided what it is. */
const HEAD_CHARS = 65_536;

/** Half of the longest string of V8; one value has to be parsed whole. */
const MAX_VALUE_CHARS = 2 ** 28;

export interface ValueSplitter {
  /** The texts that a further piece completes; each should be a JSON value. */
  push(piece: string): readonly string[];
  /** What is left at the end, cut off or not. */
  end(): readonly string[];
  /** `plain`: no JSON at all; nothing comes of it. Undefined while that is not known. */
  readonly layout: Layout | undefined;
}

type Layout = "lines" | "list" | "values" | "plain";

type Cutter = Pick<ValueSplitter, "push" | "end">;

const isObjectText = (text: string) => text.startsWith("{") && parseJson(text) !== undefined;

/** What a text is, by its beginning; undefined while more of it is needed. */
function tellLayout(head: string, isAll: boolean): Layout | undefined {
  const isEnough = isAll || head.length >= HEAD_CHARS;
  const [opening] = head;
  if (opening === undefined) {
    return undefined;
  }
  if (opening !== "{" && opening !== "[") {
    return "plain";
  }
  const lineEnd = head.indexOf("\n");
  if (lineEnd < 0 && !isEnough) {
    return undefined;
  }
  const line = (lineEnd < 0 ? head : head.slice(0, lineEnd)).trimEnd();
  if (lineEnd < 0 && !isAll) {
    return opening === "[" ? "list" : "lines";
  }
  if (parseJson(line) !== undefined) {
    return "lines";
  }
  if (opening === "[") {
    return "list";
  }
  // A first row that is damaged, when another row follows; an object printed over many lines otherwise.
  const next = head.slice(line.length).trimStart();
  const nextEnd = next.indexOf("\n");
  if (nextEnd < 0 && !isEnough) {
    return undefined;
  }
  const nextLine = (nextEnd < 0 ? next : next.slice(0, nextEnd)).trimEnd();
  const isIndented = /^\s*\n[^\S\n]/.test(head.slice(line.length));
  return line.length > 1 && !isIndented && isObjectText(nextLine) ? "lines" : "values";
}

function tooLong(): AppError {
  return new AppError(
    "bad-input",
    `one of its rows is longer than ${MAX_VALUE_CHARS / 2 ** 20} million characters`,
  );
}

function createLineCutter(): Cutter {
  let begun: string[] = [];
  let length = 0;
  const take = (tail: string): string[] => {
    const line = (begun.length === 0 ? tail : begun.join("") + tail).trim();
    begun = [];
    length = 0;
    return line === "" ? [] : [line];
  };
  return {
    push(piece) {
      const lines: string[] = [];
      let from = 0;
      for (let at = piece.indexOf("\n"); at >= 0; at = piece.indexOf("\n", from)) {
        lines.push(...take(piece.slice(from, at)));
        from = at + 1;
      }
      if (from < piece.length) {
        begun.push(piece.slice(from));
        length += piece.length - from;
      }
      if (length > MAX_VALUE_CHARS) {
        throw tooLong();
      }
      return lines;
    },
    end: () => take(""),
  };
}

const SPACES = new Set([9, 10, 13, 32]);
const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const OPENS = new Set([91, 123]);
const CLOSES = new Set([93, 125]);

/** @param isList Whether the values are the entries of a list, whose bracket is the first character to come. */
function createValueCutter(isList: boolean): Cutter {
  let parts: string[] = [];
  let length = 0;
  let depth = 0;
  let isInValue = false;
  let isBracketed = false;
  let isInString = false;
  let isEscaped = false;
  let awaitsBracket = isList;
  /** Behind the list's own end, or in what is no JSON: nothing is cut any more. */
  let isPast = false;

  /** Ends the value with `tail`. */
  const take = (tail: string): string[] => {
    const value = (parts.join("") + tail).trim();
    parts = [];
    length = 0;
    isInValue = false;
    depth = 0;
    return value === "" ? [] : [value];
  };
  const begin = (code: number) => {
    isInValue = true;
    isBracketed = OPENS.has(code);
    // Outside of a list only objects and lists are rows: what else stands there is no JSON up to its end.
    isPast ||= !isList && !isBracketed;
  };
  /** Takes a character of a value; true when the value ends with it. */
  const follow = (code: number): boolean => {
    if (isInString) {
      isInString = isEscaped || code !== QUOTE;
      isEscaped = !isEscaped && code === BACKSLASH;
      return false;
    }
    if (code === QUOTE) {
      isInString = true;
    } else if (OPENS.has(code)) {
      depth += 1;
    } else if (CLOSES.has(code)) {
      depth -= 1;
      return depth === 0 && isBracketed;
    }
    return false;
  };
  return {
    push(piece) {
      const values: string[] = [];
      let from = 0;
      for (let at = 0; at < piece.length && !isPast; at += 1) {
        const code = piece.charCodeAt(at);
        const endsPlain = isInValue && !isBracketed && !isInString && depth === 0 && isList;
        if (awaitsBracket) {
          awaitsBracket = false;
          from = at + 1;
        } else if (endsPlain && (code === COMMA || CLOSES.has(code))) {
          values.push(...take(piece.slice(from, at)));
          from = at + 1;
          isPast = code !== COMMA;
        } else if (isInValue) {
          if (follow(code)) {
            values.push(...take(piece.slice(from, at + 1)));
            from = at + 1;
          }
        } else if (SPACES.has(code) || code === COMMA) {
          from = at + 1;
        } else if (CLOSES.has(code)) {
          from = at + 1;
          isPast = true;
        } else {
          from = at;
          begin(code);
          follow(code);
        }
      }
      if (from < piece.length) {
        parts.push(piece.slice(from));
        length += piece.length - from;
      }
      if (length > MAX_VALUE_CHARS) {
        throw tooLong();
      }
      return values;
    },
    end: () => take(""),
  };
}

export function createValueSplitter(): ValueSplitter {
  let head = "";
  let layout: Layout | undefined;
  let cutter: Cutter | undefined;
  const decide = (isAll: boolean): readonly string[] => {
    layout = tellLayout(head, isAll);
    if (layout === undefined || layout === "plain") {
      return [];
    }
    cutter = layout === "lines" ? createLineCutter() : createValueCutter(layout === "list");
    const begun = head;
    head = "";
    return cutter.push(begun);
  };
  return {
    get layout() {
      return layout;
    },
    push(piece) {
      if (cutter !== undefined) {
        return cutter.push(piece);
      }
      if (layout === "plain") {
        return [];
      }
      head = head === "" ? piece.trimStart() : head + piece;
      return decide(false);
    },
    end() {
      const values = cutter === undefined && layout === undefined ? decide(true) : [];
      return cutter === undefined ? values : [...values, ...cutter.end()];
    },
  };
}
