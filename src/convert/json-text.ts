/** JSON out of a file nobody vouches for: strict UTF-8, and no key twice where `JSON.parse` keeps the last. */
import { malformed, quoteName } from "./malformed.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The index behind the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(at)) {
    at += code === BACKSLASH ? 2 : 1;
  }
  return at + 1;
}

/**
 * The first key that an object of `text`, at any depth, has twice. Only for text that `JSON.parse` took.
 * No regular expression: on a string of megabytes it would overflow the stack.
 */
function findDuplicateKey(text: string): string | undefined {
  // One set of keys for every open object; arrays have none.
  const open: (Set<string> | undefined)[] = [];
  let start = 0;
  let end = 0;
  for (let at = 0; at < text.length; at++) {
    const token = text[at];
    if (token === '"') {
      start = at;
      end = endOfString(text, at);
      at = end - 1;
    } else if (token === "{" || token === "[") {
      open.push(token === "{" ? new Set() : undefined);
    } else if (token === "}" || token === "]") {
      open.pop();
    } else if (token === ":") {
      // Escapes make one key of two spellings, so keys are compared decoded.
      const key = String(JSON.parse(text.slice(start, end)));
      const keys = open.at(-1);
      if (keys?.has(key)) {
        return key;
      }
      keys?.add(key);
    }
  }
  return undefined;
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Parses a JSON object in UTF-8; `what` names it in messages ("the header"). Keys such as `__proto__` come
 * out as own properties: go over the result with `Object.entries`, never by a name from a file.
 * @throws AppError `malformed-file`, naming the file.
 */
export function parseJsonObject(bytes: Uint8Array, file: string, what: string): JsonObject {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (cause) {
    throw malformed(file, `${what} is not JSON in UTF-8`, cause);
  }
  if (!isJsonObject(value)) {
    throw malformed(file, `${what} is not a JSON object`);
  }
  const duplicate = findDuplicateKey(text);
  if (duplicate !== undefined) {
    throw malformed(file, `${what} has the key ${quoteName(duplicate)} twice`);
  }
  return value;
}
