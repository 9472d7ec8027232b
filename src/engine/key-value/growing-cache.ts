/**
 * Keys and values that the runtime allocates anew in every run, longer by the run's tokens. It works wherever
 * a graph runs at all, and cannot go back: it is kept whole or not at all.
 */
import { Tensor } from "@huggingface/transformers";
import type { TokenIndex } from "../../core/units.ts";
import type { OrtTensors } from "../session.ts";
import type { CacheBinding, CacheFactory, KeyValueCache } from "./cache.ts";
import { bytesPerPosition, type CacheShape, dimsOf, PAST, PRESENT } from "./cache-shape.ts";
import { allocate } from "./typed-arrays.ts";

class GrowingCache implements KeyValueCache {
  readonly capacity: number;
  readonly #shape: CacheShape;
  #length: TokenIndex = 0;
  #past: OrtTensors;

  constructor(shape: CacheShape, capacity: number) {
    this.#shape = shape;
    this.capacity = capacity;
    this.#past = emptyPast(shape);
  }

  get length(): TokenIndex {
    return this.#length;
  }

  get bytes(): number {
    return this.#length * bytesPerPosition(this.#shape);
  }

  bind(): CacheBinding {
    return {
      feeds: this.#past,
      fetches: Object.fromEntries(this.#shape.names.map((name) => [PRESENT + name, null])),
    };
  }

  advance(outputs: OrtTensors, count: number): void {
    const old = this.#past;
    this.#past = Object.fromEntries(
      Object.entries(outputs)
        .filter(([name]) => name.startsWith(PRESENT))
        .map(([name, tensor]) => [PAST + name.slice(PRESENT.length), tensor]),
    );
    disposeAll(old);
    this.#length += count;
  }

  discard(outputs: OrtTensors): void {
    disposeAll(outputs);
  }

  rewind(length: TokenIndex): TokenIndex {
    if (length < this.#length) {
      this.dispose();
    }
    return this.#length;
  }

  dispose(): void {
    disposeAll(this.#past);
    this.#past = emptyPast(this.#shape);
    this.#length = 0;
  }
}

function emptyPast(shape: CacheShape): OrtTensors {
  const dims = dimsOf(shape, 0);
  return Object.fromEntries(
    shape.names.map((name) => [PAST + name, new Tensor(shape.type, allocate(shape, 0), dims).ort_tensor]),
  );
}

function disposeAll(tensors: OrtTensors): void {
  for (const tensor of Object.values(tensors)) {
    tensor.dispose();
  }
}

export function growingCaches(shape: CacheShape): CacheFactory {
  return { label: "growing", create: (capacity) => new GrowingCache(shape, capacity) };
}
