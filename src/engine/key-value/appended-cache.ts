/**
 * Keys and values that this side keeps, token by token, for graphs that return only the rows of a run's own
 * tokens. A run reads the front of one buffer a layer; going back is reading less of it. For the WebAssembly
 * backend, which copies every input and output: it copies the past in, but never out again.
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
  readonly #row: number;
  #length: TokenIndex = 0;

  constructor(shape: CacheShape, capacity: number) {
    this.#shape = shape;
    this.capacity = capacity;
    this.#row = shape.heads * shape.width;
    this.#arrays = new Map(shape.names.map((name) => [name, allocate(shape, capacity * this.#row)]));
  }

  get length(): TokenIndex {
    return this.#length;
  }

  get bytes(): number {
    return this.capacity * bytesPerPosition(this.#shape);
  }

  bind(): CacheBinding {
    const dims = dimsOf(this.#shape, this.#length);
    const past = [...this.#arrays].map(([name, array]) => [
      PAST + name,
      tensorOver(this.#shape, array.subarray(0, this.#length * this.#row), dims),
    ]);
    const present = this.#shape.names.map((name) => [PRESENT + name, null]);
    return { feeds: Object.fromEntries(past), fetches: Object.fromEntries(present) };
  }

  advance(outputs: OrtTensors, count: number): void {
    for (const [name, array] of this.#arrays) {
      const rows = assertDefined(outputs[PRESENT + name], "the rows of a run");
      const data = cacheArrayOf(this.#shape, rows.data);
      if (data?.length !== count * this.#row) {
        throw new AppError(
          "unsupported-model",
          `${PRESENT}${name} has shape [${rows.dims.join(", ")}], not [${dimsOf(this.#shape, count).join(", ")}]`,
        );
      }
      array.set(data, this.#length * this.#row);
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
      array.set(assertDefined(source.#arrays.get(name), "the cache's array").subarray(0, length * this.#row));
    }
    this.#length = length;
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
