/**
 * Vocabularies that published process reward models were trained with. An id that a protocol publishes holds in
 * its model's vocabulary only, and a vocabulary is known by one token that stands nowhere else in the others: so
 * a wrong id is told from a tokenizer that was never meant to have it, such as a test's.
 */
const ANCHORS = {
  /** Qwen2, Qwen2.5 and Qwen3. */
  "qwen2.5": ["<|im_start|>", 151_644],
  "llama-3": ["<|begin_of_text|>", 128_000],
  /** Mistral 7B v0.1 and its descendants. */
  mistral: ["▁question", 2996],
  /** Llama 1 and 2, CodeLlama and Llemma. */
  "llama-2": ["▁question", 1139],
} as const satisfies Readonly<Record<string, readonly [token: string, id: number]>>;

export type VocabularyId = keyof typeof ANCHORS;

/** A token's id in each vocabulary it is published for. */
export type PublishedIds = Readonly<Partial<Record<VocabularyId, number>>>;

/** The vocabulary a tokenizer has; `undefined` when it is none of these. */
export function vocabularyOf(idOf: (token: string) => number | undefined): VocabularyId | undefined {
  // The cast gives back what `keys` forgets of a constant's type.
  const ids = Object.keys(ANCHORS) as VocabularyId[];
  return ids.find((vocabulary) => idOf(ANCHORS[vocabulary][0]) === ANCHORS[vocabulary][1]);
}
