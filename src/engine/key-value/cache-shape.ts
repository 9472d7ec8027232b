import { AppError } from "../../core/errors.ts";
import type { Bytes } from "../../core/units.ts";
import { CACHE_AXES, type RowsLayout } from "../../kernels/kernel-set.ts";
import type { InputShape, Session } from "../session.ts";

export const PAST = "past_key_values.";
export const PRESENT = "present.";

/** How one layer's keys, or values, of `length` positions lie in memory. */
export type CacheLayout =
  /** `[1, heads, length, width]`: what GroupQueryAttention reads and writes. */
  | "head-major"
  /** The same with room behind, or `[1, length, heads, width]`; a run returns the rows of its own tokens alone. */
  | RowsLayout;

export interface CacheShape {
  /** What follows `past_key_values.` and `present.`: one name for each layer's keys and values. */
  readonly names: readonly string[];
  readonly layout: CacheLayout;
  readonly heads: number;
  /** Numbers a head. */
  readonly width: number;
  readonly type: "float32" | "float16";
}

function layoutOf(shape: InputShape["shape"]): CacheLayout {
  if (shape[1] === CACHE_AXES.past) {
    return "token-major";
  }
  return shape[2] === CACHE_AXES.capacity ? "head-major-rows" : "head-major";
}

/**
 * Reads the cache's shape off a graph's inputs.
 * @throws AppError `unsupported-model` when it has none, or one that is laid out otherwise.
 */
export function cacheShapeOf({ inputMetadata }: Pick<Session, "inputMetadata">): CacheShape {
  const pasts = inputMetadata.filter(({ name }) => name.startsWith(PAST));
  const [first] = pasts;
  if (first === undefined) {
    throw new AppError("unsupported-model", "the model's graph has no key-value cache");
  }
  const layout = layoutOf(first.shape);
  const [heads, width] = [first.shape[layout === "token-major" ? 2 : 1], first.shape[3]];
  const { type } = first;
  if (typeof heads !== "number" || typeof width !== "number" || (type !== "float32" && type !== "float16")) {
    throw refuse(first);
  }
  const odd = pasts.find((past) => past.type !== type || past.shape.join() !== first.shape.join());
  if (odd !== undefined) {
    throw refuse(odd);
  }
  return { names: pasts.map(({ name }) => name.slice(PAST.length)), layout, heads, width, type };
}

function refuse({ name, type, shape }: InputShape): AppError {
  return new AppError(
    "unsupported-model",
    `the key-value cache ${name} is ${type} [${shape.join(", ")}], which is not supported`,
  );
}

/** Bytes of a number. */
export const BYTES_OF = { float32: 4, float16: 2 } as const;

/** Bytes a position takes over all layers. */
export function bytesPerPosition({ names, heads, width, type }: CacheShape): Bytes {
  return names.length * heads * width * BYTES_OF[type];
}

/** The tensor shape of `length` positions of one layer's keys or values. */
export function dimsOf({ layout, heads, width }: CacheShape, length: number): number[] {
  return layout === "token-major" ? [1, length, heads, width] : [1, heads, length, width];
}
