/**
 * One buffer a layer for keys and one for values, bound as past and as present at once: GroupQueryAttention
 * then writes the new positions where they belong and copies nothing; Node's binding still copies what is returned.
 * Going back costs nothing either: the positions after the sequence's length are never read (engine of ONNX Runtime:
 * `past_present_share_buffer`).
 */
import { assertDefined } from "../../core/assert.ts";
import { AppError } from "../../core/errors.ts";
import type { TokenIndex } from "../../core/units.ts";
import type { OrtTensor } from "../session.ts";
import type { CacheBinding, CacheFactory, KeyValueCache } from "./cache.ts";
import { bytesPerPosition, type CacheShape, dimsOf, PAST, PRESENT } from "./cache-shape.ts";

/** A stretch to copy, in numbers. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Memory for one layer's keys or values, wherever the device keeps it. */
export interface CacheBuffer {
  readonly tensor: OrtTensor;
  /** Copies stretches of a buffer of the same kind into this one. */
  copyFrom(source: CacheBuffer, stretches: readonly Stretch[]): void;
  dispose(): void;
}

/** @throws AppError `out-of-memory` */
export type AllocateBuffer = (shape: CacheShape, dims: readonly number[]) => CacheBuffer;

class InPlaceCache implements KeyValueCache {
  readonly capacity: number;
  readonly buffers: ReadonlyMap<string, CacheBuffer>;
  readonly #shape: CacheShape;
  #length: TokenIndex = 0;

  constructor(shape: CacheShape, capacity: number, buffers: ReadonlyMap<string, CacheBuffer>) {
    this.#shape = shape;
    this.capacity = capacity;
    this.buffers = buffers;
  }

  get length(): TokenIndex {
    return this.#length;
  }

  get bytes(): number {
    return this.capacity * bytesPerPosition(this.#shape);
  }

  bind(): CacheBinding {
    const named = (prefix: string) =>
      Object.fromEntries([...this.buffers].map(([name, { tensor }]) => [prefix + name, tensor]));
    return { feeds: named(PAST), fetches: named(PRESENT) };
  }

  advance(_outputs: unknown, count: number): void {
    this.#length += count;
  }

  /** What was written lies after the sequence's length, and the next run writes over it. */
  discard(): void {}

  rewind(length: TokenIndex): TokenIndex {
    this.#length = Math.min(this.#length, length);
    return this.#length;
  }

  copyFrom(source: InPlaceCache, length: TokenIndex): void {
    const { heads, width } = this.#shape;
    const stretches = Array.from({ length: heads }, (_, head) => ({
      from: head * source.capacity * width,
      to: head * this.capacity * width,
      count: length * width,
    }));
    for (const [name, buffer] of this.buffers) {
      buffer.copyFrom(assertDefined(source.buffers.get(name), "the cache's buffer"), stretches);
    }
    this.#length = length;
  }

  dispose(): void {
    for (const buffer of this.buffers.values()) {
      buffer.dispose();
    }
    this.#length = 0;
  }
}

/** @param allocateBuffer Makes zeroed memory: positions not written yet are multiplied by 0, and 0 x NaN is NaN. */
export function inPlaceCaches(shape: CacheShape, allocateBuffer: AllocateBuffer): CacheFactory {
  const create = (capacity: number): InPlaceCache => {
    const buffers = new Map<string, CacheBuffer>();
    try {
      for (const name of shape.names) {
        buffers.set(name, allocateBuffer(shape, dimsOf(shape, capacity)));
      }
    } catch (thrown) {
      for (const buffer of buffers.values()) {
        buffer.dispose();
      }
      throw thrown;
    }
    return new InPlaceCache(shape, capacity, buffers);
  };
  return {
    label: "written in place",
    create,
    fork: (source, length, capacity) => {
      if (!(source instanceof InPlaceCache)) {
        throw new AppError("internal", "a cache can only be copied into one of its own kind");
      }
      const cache = create(capacity);
      cache.copyFrom(source, length);
      return cache;
    },
  };
}
