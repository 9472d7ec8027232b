/**
 * Keys and values that this side keeps, for graphs that return only the rows of a run's own tokens, which are put
 * behind those of one buffer a layer; going back is reading less of it. For runtimes that copy what a run returns:
 * WebAssembly, which also copies the past in, and so gets no more of it than there is, and Node.
 */
import { assertDefined } from "../../core/assert.ts";
import { AppError } from "../../core/errors.ts";
import type { TokenIndex } from "../../core/units.ts";
import type { OrtTensors } from "../session.ts";
import type { CacheBinding, CacheFactory, KeyValueCache } from "./cache.ts";
import { bytesPerPosition, type CacheShape, dimsOf, PAST, PRESENT } from "./cache-shape.ts";
import { allocate, type CacheArray, cacheArrayOf, tensorOver } from "./typed-arrays.ts";

class AppendedCache implements KeyValueCache {
  readonly capacity: number;
  readonly #shape: CacheShape;
  readonly #arrays: ReadonlyMap<string, CacheArray>;
  /** A buffer has this many stretches of `capacity` rows: one for each head, or one of rows for all heads. */
  readonly #stretches: number;
  /** Numbers a row. */
  readonly #row: number;
  #length: TokenIndex = 0;

  constructor(shape: CacheShape, capacity: number) {
    this.#shape = shape;
    this.capacity = capacity;
    this.#stretches = shape.layout === "token-major" ? 1 : shape.heads;
    this.#row = (shape.heads * shape.width) / this.#stretches;
    const size = this.#stretches * capacity * this.#row;
    this.#arrays = new Map(shape.names.map((name) => [name, allocate(shape, size)]));
  }

  get length(): TokenIndex {
    return this.#length;
  }

  get bytes(): number {
    return this.capacity * bytesPerPosition(this.#shape);
  }

  bind(): CacheBinding {
    // The front of one stretch is a tensor; of several, it is not.
    const fed = this.#stretches === 1 ? this.#length : this.capacity;
    const dims = dimsOf(this.#shape, fed);
    const past = [...this.#arrays].map(([name, array]) => [
      PAST + name,
      tensorOver(this.#shape, array.subarray(0, this.#stretches * fed * this.#row), dims),
    ]);
    const present = this.#shape.names.map((name) => [PRESENT + name, null]);
    return { feeds: Object.fromEntries(past), fetches: Object.fromEntries(present) };
  }

  advance(outputs: OrtTensors, count: number): void {
    for (const [name, array] of this.#arrays) {
      const rows = assertDefined(outputs[PRESENT + name], "the rows of a run");
      const data = cacheArrayOf(this.#shape, rows.data);
      if (data?.length !== this.#stretches * count * this.#row) {
        throw new AppError(
          "unsupported-model",
          `${PRESENT}${name} has shape [${rows.dims.join(", ")}], not [${dimsOf(this.#shape, count).join(", ")}]`,
        );
      }
      this.#put(array, data, count, count, this.#length);
      rows.dispose();
    }
    this.#length += count;
  }

  discard(outputs: OrtTensors): void {
    for (const tensor of Object.values(outputs)) {
      tensor.dispose();
    }
  }

  rewind(length: TokenIndex): TokenIndex {
    this.#length = Math.min(this.#length, length);
    return this.#length;
  }

  copyFrom(source: AppendedCache, length: TokenIndex): void {
    for (const [name, array] of this.#arrays) {
      const from = assertDefined(source.#arrays.get(name), "the cache's array");
      this.#put(array, from, source.capacity, length, 0);
    }
    this.#length = length;
  }

  /** Copies the first `count` rows of every stretch of `from`, where a stretch has `held`, to row `at` of its own. */
  #put(array: CacheArray, from: CacheArray, held: number, count: number, at: number): void {
    for (let stretch = 0; stretch < this.#stretches; stretch += 1) {
      const start = stretch * held * this.#row;
      array.set(from.subarray(start, start + count * this.#row), (stretch * this.capacity + at) * this.#row);
    }
  }

  /** Memory is the garbage collector's; there is nothing of the runtime's in it. */
  dispose(): void {
    this.#length = 0;
  }
}

export function appendedCaches(shape: CacheShape): CacheFactory {
  return {
    label: "appended",
    create: (capacity) => new AppendedCache(shape, capacity),
    fork: (source, length, capacity) => {
      if (!(source instanceof AppendedCache)) {
        throw new AppError("internal", "a cache can only be copied into one of its own kind");
      }
      const cache = new AppendedCache(shape, capacity);
      cache.copyFrom(source, length);
      return cache;
    },
  };
}
