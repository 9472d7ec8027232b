/**
 * What a model will cost before anything of it is downloaded: bytes to receive, bytes after conversion, and the
 * memory to score with it. Computed from the architecture, tensor by tensor as the converter writes them.
 */
import { assertNever } from "./assert.ts";
import type { BaseModel } from "./base-models.ts";
import type { DtypeId } from "./dtypes.ts";
import { EIGHT_BIT_BUDGET } from "./eight-bit-budget.ts";
import type { KnownModel } from "./known-models.ts";
import { protocolById } from "./protocols/index.ts";
import type { Head } from "./protocols/protocol.ts";
import type { Bytes } from "./units.ts";

/** Dimensions of one tensor: a matrix `[rows, columns]`, or a vector as one row. */
interface Tensor {
  readonly rows: number;
  readonly columns: number;
}

/** How a dtype keeps matrices; `block` weights of a row share a scale and a zero point. */
interface Storage {
  readonly bits: 4 | 8 | 16 | 32;
  readonly block?: number;
  /** Width of activations, scales, norms and the key-value cache. */
  readonly activationBytes: 2 | 4;
}

const STORAGE = {
  fp32: { bits: 32, activationBytes: 4 },
  fp16: { bits: 16, activationBytes: 2 },
  q8: { bits: 8, block: 32, activationBytes: 4 },
  q4: { bits: 4, block: 32, activationBytes: 4 },
  q4f16: { bits: 4, block: 32, activationBytes: 2 },
} as const satisfies Record<DtypeId, Storage>;

/** Tokenizers of the listed models are 2 to 17 MB; the rest of the small files hardly counts. */
const TOKENIZER_BYTES: Bytes = 10_000_000;

/** Tokens a memory need is given for: a long solution. */
const MEMORY_CONTEXT = 4096;

/** Tokens of one forward pass at most. */
const CHUNK_TOKENS = 512;

/** Tensors as large as the inner layer that are alive at once: gate, its sigmoid, their product, and up. */
const INNER_TENSORS = 4;

export interface MemoryNeed {
  /** The converted weights, held once. */
  readonly weights: Bytes;
  /** Keys and values of the context, twice: a pass holds the cache it was given and the longer one it makes. */
  readonly cache: Bytes;
  /** The largest intermediate results of one pass. */
  readonly activations: Bytes;
  readonly total: Bytes;
}

/** What a device must have for a model. */
export interface ModelNeeds {
  /** What a conversion has to receive. */
  readonly download: Bytes;
  /** The folder it makes. */
  readonly converted: Bytes;
  /** The largest tensor of weights, as one buffer of a device. */
  readonly largestTensor: Bytes;
  readonly memory: Pick<MemoryNeed, "total">;
  /** True when the model may well need more than this. */
  readonly isLeast?: boolean;
}

export interface ModelEstimate extends ModelNeeds {
  /** Longest input it scores, in tokens. */
  readonly contextTokens: number;
  /** To score `tokens` tokens. */
  readonly memory: MemoryNeed & { readonly tokens: number };
}

/** Weights the repository holds, its head included. */
export function parameterCount({ base, protocol, storesLanguageHead }: KnownModel): number {
  const { head } = protocolById(protocol);
  const embedding = base.vocabularySize * base.hiddenSize;
  // Rows of the language model's head are read where it is stored, with the embedding or beside it.
  const ownHead = head.kind === "lm-rows" || head.kind === "lm-mean" ? [] : headTensors(head, base);
  const backbone = [...linearTensors(base), ...vectorTensors(base), ...ownHead];
  return elements(backbone) + embedding * (storesLanguageHead ? 2 : 1);
}

/** Weights of the linear layers of the backbone: what a dtype compresses. */
export function linearParameterCount(base: BaseModel): number {
  return elements(linearTensors(base));
}

/** The costs of a model when it is converted to `dtype`. */
export function estimateModel(model: KnownModel, dtype: DtypeId): ModelEstimate {
  const { base } = model;
  const { head, maxTokens: contextTokens } = protocolById(model.protocol);
  const weights = convertedWeights(base, head, dtype, contextTokens);
  const tokens = Math.min(contextTokens, MEMORY_CONTEXT);
  const memory = { weights, ...runningMemory(base, dtype, tokens) };
  return {
    contextTokens,
    download: (model.listedBytes ?? parameterCount(model) * model.storedBytesPerWeight) + TOKENIZER_BYTES,
    converted: weights + TOKENIZER_BYTES,
    largestTensor: largestTensor(base, dtype),
    memory: { ...memory, total: memory.weights + memory.cache + memory.activations, tokens },
  };
}

/** No checkpoint stores a weight wider. */
const WIDEST_STORED: Bytes = 4;

/** What a checkpoint holds besides weights is smaller: tokenizers of the listed models have 17 MB at most. */
const MOST_SMALL_FILES: Bytes = 50_000_000;

/**
 * The least that a checkpoint of unknown architecture needs when it is converted to `dtype`, from the size of its
 * files alone: as if every weight were stored as wide as possible and kept as narrow.
 */
export function leastNeeds(download: Bytes, dtype: DtypeId): ModelNeeds {
  const weights = Math.max(download - MOST_SMALL_FILES, 0) / WIDEST_STORED;
  const converted = (weights * STORAGE[dtype].bits) / 8;
  return { download, converted, largestTensor: 0, memory: { total: converted }, isLeast: true };
}

/**
 * Bytes of the converted weights at most: matrices in blocks with their scales and zero points, what some of them in
 * 8 bits may add where the others have 4, the embedding as rows of int8 with a scale each (no backend without a GPU gathers
 * from 4 bits), norms, biases and rope tables as wide as activations, the head in float32. Alignment in the file
 * adds less than a thousandth.
 */
export function convertedWeights(base: BaseModel, head: Head, dtype: DtypeId, context: number): Bytes {
  const storage: Storage = STORAGE[dtype];
  const { activationBytes } = storage;
  const { vocabularySize, hiddenSize, heads } = base;
  const budget = storage.bits === 4 ? EIGHT_BIT_BUDGET : 0;
  const matrices = sum(linearTensors(base).map((tensor) => matrixBytes(tensor, storage))) * (1 + budget);
  const embedding =
    storage.block === undefined
      ? vocabularySize * hiddenSize * activationBytes
      : vocabularySize * (hiddenSize + activationBytes);
  // Cosines and sines of half a head's width each.
  const rope = context * (hiddenSize / heads) * activationBytes;
  const vectors = elements(vectorTensors(base)) * activationBytes;
  return matrices + embedding + rope + vectors + elements(headTensors(head, base)) * 4;
}

function matrixBytes({ rows, columns }: Tensor, { bits, block, activationBytes }: Storage): Bytes {
  if (block === undefined) {
    return (rows * columns * bits) / 8;
  }
  const blocks = Math.ceil(columns / block);
  const levels = (blocks * block * bits) / 8;
  return rows * (levels + blocks * activationBytes + Math.ceil((blocks * bits) / 8));
}

/** No tensor is written larger than a file: what would be is cut in parts. */
const MAX_TENSOR: Bytes = 512 * 1024 * 1024;

function largestTensor(base: BaseModel, dtype: DtypeId): Bytes {
  const { bits, block, activationBytes }: Storage = STORAGE[dtype];
  const matrices = linearTensors(base).map(({ rows, columns }) => (rows * columns * bits) / 8);
  const embedding = base.vocabularySize * base.hiddenSize * (block === undefined ? activationBytes : 1);
  return Math.min(Math.max(embedding, ...matrices), MAX_TENSOR);
}

function runningMemory(
  base: BaseModel,
  dtype: DtypeId,
  tokens: number,
): Omit<MemoryNeed, "weights" | "total"> {
  const { activationBytes } = STORAGE[dtype];
  const chunk = Math.min(tokens, CHUNK_TOKENS);
  // Where attention is not fused, every head keeps a score for every pair of tokens.
  const scores = base.heads * chunk * tokens * activationBytes;
  const inner = INNER_TENSORS * chunk * base.intermediateSize * activationBytes;
  return {
    cache: 2 * cacheBytesPerToken(base, dtype) * tokens,
    // Attention and feed-forward take turns, so the larger counts.
    activations: Math.max(scores, inner),
  };
}

/** Keys and values of one token in all layers. */
export function cacheBytesPerToken(base: BaseModel, dtype: DtypeId): Bytes {
  return 2 * base.layers * keyValueWidth(base) * STORAGE[dtype].activationBytes;
}

function keyValueWidth({ hiddenSize, heads, keyValueHeads }: BaseModel): number {
  return (hiddenSize / heads) * keyValueHeads;
}

/** Matrices of all layers of the backbone. */
function linearTensors(base: BaseModel): readonly Tensor[] {
  const { hiddenSize, intermediateSize, layers } = base;
  const narrow = keyValueWidth(base);
  const layer = [
    { rows: hiddenSize, columns: hiddenSize },
    { rows: narrow, columns: hiddenSize },
    { rows: narrow, columns: hiddenSize },
    { rows: hiddenSize, columns: hiddenSize },
    { rows: intermediateSize, columns: hiddenSize },
    { rows: intermediateSize, columns: hiddenSize },
    { rows: hiddenSize, columns: intermediateSize },
  ];
  return Array.from({ length: layers }, () => layer).flat();
}

/** Norms, and biases of attention. */
function vectorTensors(base: BaseModel): readonly Tensor[] {
  const { hiddenSize, layers, hasQkvBias } = base;
  const norms = (2 * layers + 1) * hiddenSize;
  const biases = hasQkvBias ? layers * (hiddenSize + 2 * keyValueWidth(base)) : 0;
  return [{ rows: 1, columns: norms + biases }];
}

/** What the converter keeps of a head. */
function headTensors(head: Head, { hiddenSize }: BaseModel): readonly Tensor[] {
  switch (head.kind) {
    case "mlp":
      return [
        { rows: hiddenSize, columns: hiddenSize + 1 },
        { rows: head.outputs, columns: hiddenSize + 1 },
      ];
    case "linear":
      return [{ rows: head.outputs, columns: hiddenSize + 1 }];
    case "lm-rows":
      return [{ rows: head.candidates.length, columns: hiddenSize }];
    case "lm-mean":
      return [{ rows: 1, columns: hiddenSize }];
    case "token-hazard":
      // Three rows a token; no published model has it.
      return [{ rows: 3, columns: hiddenSize }];
    default:
      return assertNever(head, "head");
  }
}

function elements(tensors: readonly Tensor[]): number {
  return sum(tensors.map(({ rows, columns }) => rows * columns));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
