import { Tensor } from "@huggingface/transformers";
import { describe, expect, it } from "vitest";
import { appendedCaches } from "./key-value/appended-cache.ts";
import { bytesPerPosition, type CacheShape, dimsOf, PRESENT } from "./key-value/cache-shape.ts";
import type { FedTokens } from "./prefix-plan.ts";
import { type PoolOptions, SequencePool } from "./sequence-pool.ts";

const SHAPE: CacheShape = {
  names: ["0.key", "0.value"],
  layout: "token-major",
  heads: 1,
  width: 4,
  type: "float32",
};
const PER_POSITION = bytesPerPosition(SHAPE);

function openPool(options: Partial<PoolOptions> = {}): SequencePool {
  return new SequencePool({
    caches: appendedCaches(SHAPE),
    bytesPerPosition: PER_POSITION,
    budget: 1e9,
    longest: 4096,
    ...options,
  });
}

function chain(length: number, first = 0): FedTokens {
  const ids = Array.from({ length }, (_, index) => first + index);
  return { ids, nextIds: ids };
}

/** What a run over `count` tokens returns. */
function present(count: number) {
  const data = new Float32Array(count * SHAPE.heads * SHAPE.width);
  const rows = () => new Tensor("float32", data, dimsOf(SHAPE, count)).ort_tensor;
  return Object.fromEntries(SHAPE.names.map((name) => [PRESENT + name, rows()]));
}

/** Acquires and computes: what a run does, with zeros for keys and values. */
function score(pool: SequencePool, wanted: FedTokens): number {
  const { sequence, reused } = pool.acquire(wanted, [], 0);
  sequence.cache.advance(present(wanted.ids.length - reused), wanted.ids.length - reused);
  sequence.append({ ids: wanted.ids.slice(reused), nextIds: wanted.nextIds.slice(reused) });
  return reused;
}

describe("a pool of sequences", () => {
  it("comes back to the one of two chains that it scored before", () => {
    const pool = openPool();
    expect([score(pool, chain(100)), score(pool, chain(100, 5000))]).toEqual([0, 0]);
    expect([score(pool, chain(100)), score(pool, chain(100, 5000))]).toEqual([100, 100]);
  });

  it("gives up the least recently used when a fifth comes, and uses its memory again", () => {
    const pool = openPool();
    for (const first of [0, 1000, 2000, 3000]) {
      score(pool, chain(100, first));
    }
    score(pool, chain(100, 0));
    const { bytes } = pool;
    score(pool, chain(100, 4000));
    expect(pool.bytes).toBe(bytes);
    expect(score(pool, chain(100, 0))).toBe(100);
    expect(score(pool, chain(100, 1000))).toBe(0);
  });

  it("stays within its budget", () => {
    const pool = openPool({ budget: 600 * PER_POSITION });
    for (const first of [0, 1000, 2000]) {
      score(pool, chain(200, first));
      expect(pool.bytes).toBeLessThanOrEqual(600 * PER_POSITION);
    }
  });

  it("goes on in the same memory where there is none for a copy", () => {
    const pool = openPool({ budget: 300 * PER_POSITION });
    score(pool, chain(200));
    const edited = [...chain(100).ids, ...chain(100, 7000).ids];
    expect(score(pool, { ids: edited, nextIds: edited })).toBe(100);
    expect(pool.bytes).toBe(256 * PER_POSITION);
  });

  it("frees everything", () => {
    const pool = openPool();
    score(pool, chain(100));
    pool.clear();
    expect(pool.bytes).toBe(0);
    expect(score(pool, chain(100))).toBe(0);
  });
});
