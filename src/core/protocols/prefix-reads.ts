/**
 * Reads on prefixes. A model that scores a text at its last token must see the prefix's own last token, but a
 * tokenizer may join it with what follows (`.` and a blank line become one token). Such a step is read beside
 * the sequence: its few own tokens after the ones it shares with the whole.
 */
import { assertDefined } from "../assert.ts";
import type { TokenIndex } from "../units.ts";
import type { EncodedPrompt, EncodedStep, PromptTokenizer } from "./encode-prompt.ts";
import type { PromptPiece } from "./protocol.ts";

export interface PrefixRead {
  /** Number of leading tokens shared with the whole sequence. */
  readonly shared: TokenIndex;
  /** The prefix's own tokens after those; the reward is read at the last one. */
  readonly ids: readonly number[];
}

/** @param pieces One piece: protocols that read prefixes tokenize the whole text at once. */
export function prefixReads(
  encoded: EncodedPrompt,
  pieces: readonly PromptPiece[],
  tokenizer: PromptTokenizer,
): EncodedPrompt {
  const parts = assertDefined(pieces[0], "prompt piece");
  const first = assertDefined(parts[0], "first part");
  const special = tokenizer.specialTokens.get(first.text);
  let text = special === undefined ? first.text : "";
  const ends: string[] = [];
  for (const part of parts.slice(1)) {
    text += part.text;
    if (part.read !== undefined) {
      ends.push(text);
    }
  }
  const head = special === undefined ? [] : [special];
  const steps = encoded.steps.map((step, index): EncodedStep => {
    const ids = [...head, ...tokenizer.encodeText(assertDefined(ends[index], "end of step"))];
    let shared = 0;
    while (shared < ids.length && ids[shared] === encoded.ids[shared]) {
      shared += 1;
    }
    const read = ids.length - 1;
    return shared === ids.length
      ? { ...step, read }
      : { ...step, read, prefix: { shared, ids: ids.slice(shared) } };
  });
  return { ...encoded, steps };
}
