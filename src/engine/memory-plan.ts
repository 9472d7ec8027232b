/**
 * How long a prompt and how large a chunk a device has room for, computed before anything runs: a buffer that a
 * device cannot make is found out here, in a sentence, and not by a failed pass.
 */
import { AppError } from "../core/errors.ts";
import type { Bytes } from "../core/units.ts";
import { bytesPerPosition, type CacheShape } from "./key-value/cache-shape.ts";

/** What a device has for a model besides its weights. */
export interface DeviceMemory {
  /** For key-value caches and activations together. */
  readonly budget: Bytes;
  /** The largest single buffer. */
  readonly largestBuffer: Bytes;
  /** How many times a position's keys and values are in memory during a pass: copies that the runtime makes count. */
  readonly copiesInPass: number;
  /** Whether the model's weights are in the budget too. */
  readonly holdsWeights: boolean;
}

/** Widths that decide how large activations are. */
export interface ModelWidths {
  readonly heads: number;
  /** Of the feed-forward layers. */
  readonly intermediate: number;
}

export interface MemoryPlan {
  /** Most positions a sequence may have. */
  readonly longest: number;
  /** Memory for the caches of all sequences. */
  readonly cacheBudget: Bytes;
  /** Largest chunk for a sequence of `tokens` positions, in tokens. */
  largestChunk(tokens: number): number;
}

const SMALLEST_CHUNK = 16;
/** Beyond this a chunk gains nothing, and Stop takes longer. */
const LARGEST_CHUNK = 1024;
const FLOAT = 4;
/** Attention scores before and after the softmax, and a mask of the same size for all heads. */
const SCORE_TENSORS = 2;
/** Gate, up and their product. */
const FEED_FORWARD_TENSORS = 3;
/** Activations may take this part of the budget; the rest holds caches. */
const ACTIVATION_PART = 0.25;

/**
 * @param context Longest input of the model, in tokens.
 */
export function planMemory(
  shape: CacheShape,
  widths: ModelWidths,
  { budget, largestBuffer, copiesInPass }: DeviceMemory,
  context: number,
): MemoryPlan {
  const perPosition = bytesPerPosition(shape);
  const perBuffer = perPosition / shape.names.length;
  const cacheBudget = budget * (1 - ACTIVATION_PART);
  const longest = Math.floor(
    Math.min(context, cacheBudget / (perPosition * copiesInPass), largestBuffer / perBuffer),
  );
  return {
    longest,
    cacheBudget,
    largestChunk: (tokens) => {
      const scores = widths.heads * tokens * FLOAT;
      const feedForward = widths.intermediate * FLOAT;
      const inBuffer = largestBuffer / Math.max(scores, feedForward);
      const inBudget =
        (budget * ACTIVATION_PART) / (SCORE_TENSORS * scores + FEED_FORWARD_TENSORS * feedForward);
      return Math.floor(Math.min(LARGEST_CHUNK, Math.max(SMALLEST_CHUNK, Math.min(inBuffer, inBudget))));
    },
  };
}

/** @throws AppError `out-of-memory` when a prompt of `tokens` is longer than the device has room for. */
export function assertFits({ longest }: MemoryPlan, tokens: number): void {
  if (tokens > longest) {
    throw new AppError(
      "out-of-memory",
      `this chain has ${tokens} tokens, and this device has memory for the keys and values of ${longest}`,
      { tokens, longest },
    );
  }
}
