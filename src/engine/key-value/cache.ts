import type { Bytes, TokenIndex } from "../../core/units.ts";
import type { OrtTensor, OrtTensors } from "../session.ts";

/** What a run reads, and where its new keys and values go. */
export interface CacheBinding {
  /** `past_key_values.*` */
  readonly feeds: OrtTensors;
  /** `present.*`; `null` where the runtime makes a tensor of its own. */
  readonly fetches: Readonly<Record<string, OrtTensor | null>>;
}

/**
 * The keys and values of one sequence in one model. It owns its tensors: nothing else frees them, and what a
 * run returns belongs to it from `advance` on.
 */
export interface KeyValueCache {
  /** Positions held. */
  readonly length: TokenIndex;
  /** Most positions it can hold. */
  readonly capacity: number;
  readonly bytes: Bytes;
  bind(): CacheBinding;
  /** Takes what a run over `count` more tokens returned. */
  advance(outputs: OrtTensors, count: number): void;
  /** Frees what a run returned whose tokens are not to be kept. */
  discard(outputs: OrtTensors): void;
  /**
   * Forgets what comes after the first `length` positions.
   * @returns The positions still held: fewer where the cache cannot be cut there.
   */
  rewind(length: TokenIndex): TokenIndex;
  /** Frees everything. */
  dispose(): void;
}

/** Makes caches of one kind for one session. */
export interface CacheFactory {
  /** For people, e.g. "in place". */
  readonly label: string;
  create(capacity: number): KeyValueCache;
  /** A cache that starts as the first `length` positions of another; absent where copying is not possible. */
  fork?(source: KeyValueCache, length: TokenIndex, capacity: number): KeyValueCache;
}
