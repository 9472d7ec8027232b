/**
 * Places tokens on the text they came from, by spelling each one out in bytes. Two spellings cover the
 * tokenizers of published PRMs: byte-level BPE (GPT-2's `bytes_to_unicode`) and SentencePiece.
 */
import type { CharOffset } from "../units.ts";

export type TokenRange = readonly [CharOffset, CharOffset];

const utf8 = new TextEncoder();

/** GPT-2's table backwards: printable bytes stand for themselves, the rest for the characters from 256 on. */
const BYTE_OF_CHAR = (() => {
  const bytes = new Map<string, number>();
  let other = 256;
  for (let byte = 0; byte < 256; byte += 1) {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    bytes.set(String.fromCodePoint(printable ? byte : other), byte);
    other += printable ? 0 : 1;
  }
  return bytes;
})();

type Speller = (token: string) => Uint8Array | undefined;

const spellByteLevel: Speller = (token) => {
  const bytes = new Uint8Array(token.length);
  for (let index = 0; index < token.length; index += 1) {
    const byte = BYTE_OF_CHAR.get(token.charAt(index));
    if (byte === undefined) {
      return undefined;
    }
    bytes[index] = byte;
  }
  return bytes;
};

const BYTE_TOKEN = /^<0x([0-9A-Fa-f]{2})>$/;

const spellSentencePiece: Speller = (token) => {
  const byte = BYTE_TOKEN.exec(token)?.[1];
  return byte === undefined
    ? utf8.encode(token.replaceAll("\u2581", " "))
    : Uint8Array.of(Number.parseInt(byte, 16));
};

/** Offset of the character each byte of the text belongs to, with the text's UTF-8 bytes. */
function spellText(text: string): { readonly bytes: Uint8Array; readonly starts: readonly CharOffset[] } {
  const starts: CharOffset[] = [];
  for (let offset = 0; offset < text.length; ) {
    const codePoint = text.codePointAt(offset) ?? 0;
    // A lone surrogate is encoded as U+FFFD, three bytes like any other character below U+10000.
    const width = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    for (let byte = 0; byte < width; byte += 1) {
      starts.push(offset);
    }
    offset += codePoint > 0xffff ? 2 : 1;
  }
  return { bytes: utf8.encode(text), starts };
}

function place(
  text: string,
  tokens: readonly string[],
  spell: Speller,
  dummyPrefix: string,
): readonly TokenRange[] | undefined {
  const whole = dummyPrefix + text;
  const { bytes, starts } = spellText(whole);
  const shift = dummyPrefix.length;
  const ranges: TokenRange[] = [];
  let at = 0;
  for (const token of tokens) {
    const spelled = spell(token);
    if (spelled?.some((byte, index) => bytes[at + index] !== byte) !== false || spelled.length === 0) {
      return undefined;
    }
    const first = starts[at] ?? 0;
    const last = starts[at + spelled.length - 1] ?? first;
    const end = last + ((whole.codePointAt(last) ?? 0) > 0xffff ? 2 : 1);
    ranges.push([Math.max(first - shift, 0), Math.max(end - shift, 0)]);
    at += spelled.length;
  }
  return at === bytes.length ? ranges : undefined;
}

/**
 * @param tokens The tokens as the vocabulary writes them.
 * @returns One half-open range of UTF-16 offsets a token, in order. A token that holds only a part of a
 *   character covers that whole character. `undefined` when the tokens do not spell the text (another
 *   kind of tokenizer, a normalizer that rewrote it): then nothing can be placed truthfully.
 */
export function alignTokens(text: string, tokens: readonly string[]): readonly TokenRange[] | undefined {
  return (
    place(text, tokens, spellByteLevel, "") ??
    place(text, tokens, spellSentencePiece, "") ??
    // SentencePiece puts a space before a text.
    place(text, tokens, spellSentencePiece, " ")
  );
}
