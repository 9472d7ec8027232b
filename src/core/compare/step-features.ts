/** What steps can have in common: words, numbers and signs, alone and in neighbouring pairs. */

/*
 * A script without spaces gives one word a character. No alternative can match what another one does, so the
 * scan is linear.
 */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}])+|\p{N}+(?:[.,]\p{N}+)*|[^\s\p{L}\p{M}\p{N}]/gu;

/** Tells the second word of a pair from its first; more words than a chain has characters. */
const PAIR_BASE = 2 ** 26;

/** Gives equal features of different texts the same number. */
export class FeatureIndex {
  readonly #words = new Map<string, number>();
  readonly #pairs = new Map<number, number>();

  /** Features there are so far; their numbers are below it. */
  get size(): number {
    return this.#words.size + this.#pairs.size;
  }

  #idOf<Key>(ids: Map<Key, number>, key: Key): number {
    const known = ids.get(key);
    if (known !== undefined) {
      return known;
    }
    const id = this.size;
    ids.set(key, id);
    return id;
  }

  /** The words of a text and the pairs of words that follow one another, each once. */
  featuresOf(text: string): readonly number[] {
    const features = new Set<number>();
    let before: number | undefined;
    for (const word of text.toLowerCase().match(WORD) ?? []) {
      const id = this.#idOf(this.#words, word);
      features.add(id);
      if (before !== undefined) {
        features.add(this.#idOf(this.#pairs, before * PAIR_BASE + id));
      }
      before = id;
    }
    return [...features];
  }
}
