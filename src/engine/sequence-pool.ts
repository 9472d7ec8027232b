/** The sequences whose caches are kept: as many as the memory budget allows, the least recently used given up first. */
import { assertDefined } from "../core/assert.ts";
import type { Bytes, TokenIndex } from "../core/units.ts";
import type { CacheFactory } from "./key-value/cache.ts";
import { type FedTokens, planReuse, type WantedRead } from "./prefix-plan.ts";
import { Sequence } from "./sequence.ts";

/** Capacities are multiples of this, so that a step added to a chain does not move its cache. */
const CAPACITY_STEP = 256;

/** Two chains that are compared, each with its last edit: more are seldom come back to. */
const MOST_SEQUENCES = 4;

/** A cache may be this many times as long as what is put into it. */
const WASTES_LITTLE = 4;

export interface PoolOptions {
  readonly caches: CacheFactory;
  readonly bytesPerPosition: Bytes;
  /** Memory for all caches together. One sequence may exceed it: nothing is scored without a cache. */
  readonly budget: Bytes;
  /** Most positions of a sequence. */
  readonly longest: number;
}

/** A sequence to go on with, and how many of its leading positions need no computing. */
export interface Acquired {
  readonly sequence: Sequence;
  readonly reused: TokenIndex;
}

export class SequencePool {
  readonly #options: PoolOptions;
  /** Most recently used last. */
  #sequences: Sequence[] = [];

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Memory of all caches. */
  get bytes(): Bytes {
    return this.#sequences.reduce((sum, { cache }) => sum + cache.bytes, 0);
  }

  /**
   * @param wanted The whole prompt.
   * @param spare Positions needed beyond it, for tokens that are put beside it.
   * @throws AppError `out-of-memory`
   */
  acquire(wanted: FedTokens, reads: readonly WantedRead[], spare: number): Acquired {
    const { caches, bytesPerPosition, longest } = this.#options;
    const needed = wanted.ids.length + spare;
    const capacity = Math.max(needed, Math.min(Math.ceil(needed / CAPACITY_STEP) * CAPACITY_STEP, longest));
    const size = capacity * bytesPerPosition;
    const plan = planReuse(this.#sequences, wanted, reads, this.#fitsBesideOne(size));
    if (plan.kind === "fresh") {
      const spent = this.#spent(needed);
      if (spent !== undefined) {
        spent.rewind(0);
        this.#use(spent);
        return { sequence: spent, reused: 0 };
      }
      this.#makeRoom(size, undefined);
      return { sequence: this.#keep(new Sequence(caches.create(capacity))), reused: 0 };
    }
    const source = assertDefined(this.#sequences[plan.index], "planned sequence");
    if (plan.kind === "continue" && source.cache.capacity >= needed) {
      this.#use(source);
      const isWhole = plan.keep === wanted.ids.length;
      return { sequence: source, reused: isWhole ? plan.keep : source.rewind(plan.keep) };
    }
    if (caches.fork === undefined) {
      this.#use(source);
      return { sequence: source, reused: source.rewind(plan.keep) };
    }
    this.#makeRoom(size, source);
    const copy = new Sequence(caches.fork(source.cache, plan.keep, capacity));
    copy.copyFrom(source, plan.keep);
    if (plan.kind === "continue") {
      this.#drop(source);
    }
    return { sequence: this.#keep(copy), reused: plan.keep };
  }

  clear(): void {
    for (const sequence of [...this.#sequences]) {
      this.#drop(sequence);
    }
  }

  /** Whether a cache of this size fits beside any one that is there, once all others are given up. */
  #fitsBesideOne(size: Bytes): boolean {
    return size + Math.max(0, ...this.#sequences.map(({ cache }) => cache.bytes)) <= this.#options.budget;
  }

  /** The sequence that would be given up for a new one, when its memory can be used again as it is. */
  #spent(needed: number): Sequence | undefined {
    const [oldest] = this.#sequences;
    const isFull = this.#sequences.length >= MOST_SEQUENCES;
    const { capacity } = oldest?.cache ?? { capacity: 0 };
    return isFull && capacity >= needed && capacity <= needed * WASTES_LITTLE ? oldest : undefined;
  }

  #makeRoom(size: Bytes, spared: Sequence | undefined): void {
    for (const sequence of [...this.#sequences]) {
      if (this.bytes + size <= this.#options.budget && this.#sequences.length < MOST_SEQUENCES) {
        return;
      }
      if (sequence !== spared) {
        this.#drop(sequence);
      }
    }
  }

  #use(sequence: Sequence): void {
    this.#sequences = [...this.#sequences.filter((other) => other !== sequence), sequence];
  }

  #keep(sequence: Sequence): Sequence {
    this.#sequences.push(sequence);
    return sequence;
  }

  #drop(sequence: Sequence): void {
    this.#sequences = this.#sequences.filter((other) => other !== sequence);
    sequence.cache.dispose();
  }
}
