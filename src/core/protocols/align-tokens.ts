import type { CharOffset } from "../units.ts";

/**
 * Byte-level BPE writes each byte of the UTF-8 text as one printable character (GPT-2's
 * `bytes_to_unicode`), so a token's length in characters is its length in bytes.
 */
const BYTE_LEVEL_CHARS = /^[\u0021-\u007e\u00a1-\u00ac\u00ae-\u0143]*$/;

/** UTF-8 length of the character at `offset`; a lone surrogate is encoded as U+FFFD, three bytes. */
function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) {
    return 1;
  }
  if (codePoint < 0x800) {
    return 2;
  }
  return codePoint < 0x10000 ? 3 : 4;
}

/**
 * Places the tokens of a byte-level tokenizer on the text they came from.
 *
 * @param tokens The tokens as the vocabulary writes them.
 * @returns One half-open range of UTF-16 offsets a token, in order. A token that holds only a part of a
 *   character covers that whole character. `undefined` when the tokens do not spell the text (another
 *   kind of tokenizer, a normalizer that rewrote it): then nothing can be placed truthfully.
 */
export function alignTokens(
  text: string,
  tokens: readonly string[],
): readonly (readonly [CharOffset, CharOffset])[] | undefined {
  // starts[i] is the UTF-16 offset of the character that byte i belongs to.
  const starts: CharOffset[] = [];
  for (let offset = 0; offset < text.length; ) {
    const codePoint = text.codePointAt(offset) ?? 0;
    for (let byte = 0; byte < utf8Length(codePoint); byte += 1) {
      starts.push(offset);
    }
    offset += codePoint > 0xffff ? 2 : 1;
  }
  const ranges: (readonly [CharOffset, CharOffset])[] = [];
  let byte = 0;
  for (const token of tokens) {
    if (!BYTE_LEVEL_CHARS.test(token)) {
      return undefined;
    }
    const first = starts[byte];
    const end = byte + token.length;
    if (first === undefined || end > starts.length) {
      return undefined;
    }
    const last = starts[end - 1] ?? first;
    const lastWidth = (text.codePointAt(last) ?? 0) > 0xffff ? 2 : 1;
    ranges.push([first, last + lastWidth]);
    byte = end;
  }
  return byte === starts.length ? ranges : undefined;
}
