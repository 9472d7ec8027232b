/** JSON out of a file nobody vouches for: strict UTF-8, and no key twice where `JSON.parse` keeps the last. */
import { malformed, quoteName } from "./malformed.ts";

/** A string, or a character that opens, closes or separates. Only meant for text that `JSON.parse` took. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;

/** The first key that an object of `text`, at any depth, has twice. */
function findDuplicateKey(text: string): string | undefined {
  // One set of keys for every open object; arrays have none.
  const open: (Set<string> | undefined)[] = [];
  let last = "";
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === "{" || token === "[") {
      open.push(token === "{" ? new Set() : undefined);
    } else if (token === "}" || token === "]") {
      open.pop();
    } else if (token === ":") {
      // Escapes make one key of two spellings, so keys are compared decoded.
      const key = String(JSON.parse(last));
      const keys = open.at(-1);
      if (keys?.has(key)) {
        return key;
      }
      keys?.add(key);
    } else {
      last = token;
    }
  }
  return undefined;
}

/**
 * Parses JSON in UTF-8; `what` names it in messages ("the header"). Keys such as `__proto__` come out as
 * own properties: read the result with `Object.entries`, never by a name from a file.
 * @throws AppError `malformed-file`, naming the file.
 */
export function parseJson(bytes: Uint8Array, file: string, what: string): unknown {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (cause) {
    throw malformed(file, `${what} is not JSON in UTF-8`, cause);
  }
  const duplicate = findDuplicateKey(text);
  if (duplicate !== undefined) {
    throw malformed(file, `${what} has the key ${quoteName(duplicate)} twice`);
  }
  return value;
}
