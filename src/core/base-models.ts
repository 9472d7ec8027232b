/**
 * The language models that published process reward models were trained from, as far as sizes depend on them.
 * A head of attention is `hiddenSize / heads` wide in all of them.
 */

export interface BaseModel {
  readonly label: string;
  readonly hiddenSize: number;
  readonly layers: number;
  readonly intermediateSize: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly vocabularySize: number;
  /** True when query, key and value projections add a bias. */
  readonly hasQkvBias: boolean;
  /** True when the language-model head is the embedding, stored once. */
  readonly tiesEmbeddings: boolean;
  /** Where the sizes were read; absent for those known from memory, which are an estimate. */
  readonly source?: string;
}

const QWEN2 = { hasQkvBias: true } as const;
const LLAMA = { hasQkvBias: false, tiesEmbeddings: false } as const;

/** Qwen2-0.5B has the same sizes. */
export const QWEN2_5_0_5B = {
  ...QWEN2,
  label: "Qwen2.5-0.5B",
  hiddenSize: 896,
  layers: 24,
  intermediateSize: 4864,
  heads: 14,
  keyValueHeads: 2,
  vocabularySize: 151_936,
  tiesEmbeddings: true,
  source:
    "config of Qwen/Qwen2.5-0.5B in public training logs; a fine-tune's weights have the size that follows",
} as const satisfies BaseModel;

export const QWEN2_5_1_5B = {
  ...QWEN2,
  label: "Qwen2.5-1.5B",
  hiddenSize: 1536,
  layers: 28,
  intermediateSize: 8960,
  heads: 12,
  keyValueHeads: 2,
  vocabularySize: 151_936,
  tiesEmbeddings: true,
  source: "the weights of Skywork/Skywork-o1-Open-PRM-Qwen-2.5-1.5B have the size that follows",
} as const satisfies BaseModel;

export const QWEN2_5_7B = {
  ...QWEN2,
  label: "Qwen2.5-7B",
  hiddenSize: 3584,
  layers: 28,
  intermediateSize: 18_944,
  heads: 28,
  keyValueHeads: 4,
  vocabularySize: 152_064,
  tiesEmbeddings: false,
  source: "a copy of config.json of Qwen/Qwen2.5-Math-PRM-7B; its weights have the size that follows",
} as const satisfies BaseModel;

export const QWEN2_5_72B = {
  ...QWEN2,
  label: "Qwen2.5-72B",
  hiddenSize: 8192,
  layers: 80,
  intermediateSize: 29_568,
  heads: 64,
  keyValueHeads: 8,
  vocabularySize: 152_064,
  tiesEmbeddings: false,
} as const satisfies BaseModel;

export const MISTRAL_7B = {
  ...LLAMA,
  label: "Mistral-7B",
  hiddenSize: 4096,
  layers: 32,
  intermediateSize: 14_336,
  heads: 32,
  keyValueHeads: 8,
  vocabularySize: 32_000,
  source: "config.json of a copy of GAIR/ReasonEval-7B",
} as const satisfies BaseModel;

export const LLAMA_3_1_8B = {
  ...LLAMA,
  label: "Llama-3.1-8B",
  hiddenSize: 4096,
  layers: 32,
  intermediateSize: 14_336,
  heads: 32,
  keyValueHeads: 8,
  vocabularySize: 128_256,
  source: "the weights of RLHFlow/Llama3.1-8B-PRM-Deepseek-Data have the size that follows",
} as const satisfies BaseModel;

export const LLAMA_3_2_3B = {
  ...LLAMA,
  label: "Llama-3.2-3B",
  hiddenSize: 3072,
  layers: 28,
  intermediateSize: 8192,
  heads: 24,
  keyValueHeads: 8,
  vocabularySize: 128_256,
  tiesEmbeddings: true,
  source: "copies of config.json of meta-llama/Llama-3.2-3B in public code",
} as const satisfies BaseModel;

export const LLEMMA_7B = {
  ...LLAMA,
  label: "Llemma-7B",
  hiddenSize: 4096,
  layers: 32,
  intermediateSize: 11_008,
  heads: 32,
  keyValueHeads: 32,
  vocabularySize: 32_016,
  source: "the weights of ScalableMath/llemma-7b-prm-prm800k-level-1to3-hf have the size that follows",
} as const satisfies BaseModel;

export const LLEMMA_34B = {
  ...LLAMA,
  label: "Llemma-34B",
  hiddenSize: 8192,
  layers: 48,
  intermediateSize: 22_016,
  heads: 64,
  keyValueHeads: 8,
  vocabularySize: 32_000,
} as const satisfies BaseModel;
