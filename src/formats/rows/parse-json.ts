/** JSON that may be anything, nested however deep. */

/**
 * More than any data set nests; what goes through a row by recursion (a structured clone, a writer of JSON) has
 * stack for it.
 */
const MAX_DEPTH = 200;

const QUOTE = 34;
const BACKSLASH = 92;
const OPENS = new Set([91, 123]);
const CLOSES = new Set([93, 125]);

/** How deep brackets nest in a text, strings left out. Stops counting above the limit. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at + 1);
    } else if (OPENS.has(code)) {
      depth += 1;
      if (depth > MAX_DEPTH) {
        return true;
      }
    } else if (CLOSES.has(code)) {
      depth -= 1;
    }
  }
  return false;
}

/** Where a string that began before `from` ends: at its quote, or at the end of the text. */
function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) {
      at += 1;
    } else if (code === QUOTE) {
      return at;
    }
  }
  return text.length;
}

/** What Python writes for numbers that JSON has no words for. */
const NON_FINITE = /-?(?:NaN|Infinity)/y;

/** The text with null in place of numbers that are none; strings stay as they are. */
function withoutNonFinite(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) === QUOTE) {
      at = endOfString(text, at + 1);
      continue;
    }
    NON_FINITE.lastIndex = at;
    const [found] = NON_FINITE.exec(text) ?? [];
    if (found !== undefined) {
      parts.push(text.slice(from, at), "null");
      from = at + found.length;
      at = from - 1;
    }
  }
  return parts.join("") + text.slice(from);
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value, or undefined for what is not JSON or nests too deep. Never throws. */
export function parseJson(text: string): unknown {
  if (isTooDeep(text)) {
    return undefined;
  }
  const value = tryParse(text);
  return value === undefined && /NaN|Infinity/.test(text) ? tryParse(withoutNonFinite(text)) : value;
}

/** Why `parseJson` gave nothing; goes on after "row 17: ". */
export function wordBadJson(text: string): string {
  return isTooDeep(text)
    ? `it is nested more than ${MAX_DEPTH} levels deep`
    : "it is not valid JSON, or cut off";
}
