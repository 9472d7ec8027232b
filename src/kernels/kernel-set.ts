/**
 * What a set of kernels is: a way to rewrite a converted graph to the operators that a backend runs fastest. The
 * weights mean the same before and after, and every rewritten graph has the same inputs and outputs, but for the
 * layout of its key-value cache (`RowsLayout`).
 */
import type { Bytes } from "../core/units.ts";

export type KernelSetId = "own-rows" | "stored" | "float32" | "int8";

/** A graph and the weights beside it. */
export interface GraphSource {
  /** The .onnx file. */
  readonly graph: Uint8Array;
  /** Bytes of external data. */
  read(location: string, offset: Bytes, length: Bytes): Promise<Uint8Array>;
}

/**
 * The key-value cache of a graph. In a rewritten graph its owner keeps one buffer a layer and side: it feeds
 * `past_key_values.N.key` or `.value`, and adds to it what `present.N.key` or `.value` gives, which is this run's
 * tokens alone.
 */
export interface CacheShape {
  readonly layers: number;
  readonly kvHeads: number;
  readonly headDim: number;
  readonly type: "float32" | "float16";
}

/** How one layer's keys, or values, lie in memory where a run returns the rows of its own tokens alone. */
export type RowsLayout =
  /** The front of the buffer is fed, `[1, past_sequence_length, kvHeads, headDim]`, and grows at its end. */
  | "token-major"
  /** The whole buffer is fed, `[1, kvHeads, cache_capacity, headDim]`: it has room for this run's tokens, too. */
  | "head-major-rows";

/** The axes by which a rewritten graph's inputs tell their layout. */
export const CACHE_AXES = { past: "past_sequence_length", capacity: "cache_capacity" } as const;

export interface RewrittenGraph {
  readonly graph: Uint8Array;
  /** External data made anew, in one file; absent when none was. */
  readonly added?: { readonly location: string; readonly data: Blob };
  /** Memory of the weights once loaded. */
  readonly weightBytes: Bytes;
}

/** A matrix of block-quantized weights, of which kernels make another form. */
export interface MatrixFacts {
  /** Outputs. */
  readonly rows: number;
  /** Inputs. */
  readonly columns: number;
  /** Weights along a row that share a scale. */
  readonly block: number;
  /** Levels, scales and zero points. */
  readonly bytes: Bytes;
}

/** What the size of the rewritten weights follows from. */
export interface WeightFacts {
  readonly matrices: readonly MatrixFacts[];
  /** All other weights: embedding, norms, head, rope tables. */
  readonly otherBytes: Bytes;
}

/** The `extra` of ONNX Runtime's session options: configuration entries as nested objects. */
export type SessionExtra = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface KernelSet {
  readonly id: KernelSetId;
  readonly label: string;
  /** True when logits are those of the stored graph, up to rounding of float32. */
  readonly isExact: boolean;
  readonly cacheLayout: RowsLayout;
  /** What the session of a rewritten graph needs; without it, it is right but slow. */
  readonly sessionExtra?: SessionExtra;
  /** Memory of the weights once loaded. */
  weightBytes(facts: WeightFacts): Bytes;
  /**
   * @throws AppError `malformed-file` | `unsupported-model`, naming the node, for a graph that cannot be rewritten;
   * `cancelled`
   */
  rewrite(source: GraphSource, signal?: AbortSignal): Promise<RewrittenGraph>;
}
