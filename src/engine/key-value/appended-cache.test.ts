import { Tensor } from "@huggingface/transformers";
import { describe, expect, it } from "vitest";
import { assertDefined } from "../../core/assert.ts";
import { appendedCaches } from "./appended-cache.ts";
import type { KeyValueCache } from "./cache.ts";
import { type CacheShape, dimsOf, PAST, PRESENT } from "./cache-shape.ts";

const HEADS = 2;
const WIDTH = 3;

function shapeOf(layout: CacheShape["layout"]): CacheShape {
  return { names: ["0.key"], layout, heads: HEADS, width: WIDTH, type: "float32" };
}

/** A number that tells which position, head and place it is of. */
const numberAt = (position: number, head: number, place: number) => 100 * position + 10 * head + place;

/** Visits the numbers of some positions in the order of a layout. */
function numbersOf(layout: CacheShape["layout"], positions: readonly number[]): number[] {
  const rows = (head: number, position: number) =>
    Array.from({ length: WIDTH }, (_, place) => numberAt(position, head, place));
  const heads = Array.from({ length: HEADS }, (_, head) => head);
  return layout === "token-major"
    ? positions.flatMap((position) => heads.flatMap((head) => rows(head, position)))
    : heads.flatMap((head) => positions.flatMap((position) => rows(head, position)));
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe.each(["token-major", "head-major-rows"] as const)("a %s cache", (layout) => {
  const shape = shapeOf(layout);
  const caches = appendedCaches(shape);

  /** What a run over some positions returns. */
  const returned = (positions: readonly number[]) => ({
    [`${PRESENT}0.key`]: new Tensor(
      "float32",
      Float32Array.from(numbersOf(layout, positions)),
      dimsOf(shape, positions.length),
    ).ort_tensor,
  });

  /** The numbers that a run is fed, of the positions held. */
  const fed = (cache: KeyValueCache): number[] => {
    const tensor = assertDefined(cache.bind().feeds[`${PAST}0.key`], "the past");
    const data = [...(tensor.data as Float32Array)];
    if (layout === "token-major") {
      expect(tensor.dims).toEqual([1, cache.length, HEADS, WIDTH]);
      return data;
    }
    expect(tensor.dims).toEqual([1, HEADS, cache.capacity, WIDTH]);
    return range(0, HEADS).flatMap((head) => {
      const start = head * cache.capacity * WIDTH;
      return data.slice(start, start + cache.length * WIDTH);
    });
  };

  it("holds what runs returned, in their order, and again after going back", () => {
    const cache = caches.create(8);
    cache.advance(returned(range(0, 3)), 3);
    cache.advance(returned(range(3, 7)), 4);
    expect(fed(cache)).toEqual(numbersOf(layout, range(0, 7)));
    expect(cache.rewind(2)).toBe(2);
    cache.advance(returned(range(20, 24)), 4);
    expect(fed(cache)).toEqual(numbersOf(layout, [0, 1, ...range(20, 24)]));
  });

  it("starts another of any capacity as its first positions", () => {
    const source = caches.create(8);
    source.advance(returned(range(0, 7)), 7);
    for (const capacity of [5, 8, 300]) {
      const cache = assertDefined(caches.fork, "a way to copy")(source, 4, capacity);
      cache.advance(returned([40]), 1);
      expect(fed(cache)).toEqual(numbersOf(layout, [0, 1, 2, 3, 40]));
    }
    expect(fed(source)).toEqual(numbersOf(layout, range(0, 7)));
  });

  it("takes no rows of another number of positions", () => {
    expect(() => caches.create(8).advance(returned([0, 1]), 3)).toThrow(/present\.0\.key has shape/);
  });
});
