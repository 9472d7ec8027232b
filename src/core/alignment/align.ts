/**
 * Which thoughts each step of the response came from. A monotone alignment by dynamic programming: the pairs that are
 * chosen never cross, one response step may gather several thoughts and one thought may serve several response steps.
 *
 * ReasonFlux pairs the two lanes step by step and merges what one has more than the other into the step before
 * (https://github.com/Gen-Verse/ReasonFlux/issues/17); here the texts say which thoughts belong together.
 */
import type { CallContext } from "../scorer.ts";
import type { Step } from "../trace.ts";
import type { StepIndex } from "../units.ts";
import { type Features, readFeatures, type TextFeatures } from "./features.ts";

/** A response step and one thought it came from. */
export interface Link {
  readonly thought: StepIndex;
  readonly response: StepIndex;
  /** Share of what the response step says that the thought says, too, in (0, 1]. */
  readonly support: number;
  /** Whether it stands against the order of the others: found elsewhere than where the alignment passes. */
  readonly isOutOfOrder: boolean;
}

export interface Alignment {
  readonly thoughts: readonly StepIndex[];
  readonly responses: readonly StepIndex[];
  /** By response step, then by thought. */
  readonly links: readonly Link[];
  /** Thoughts that compute something which no response step names. */
  readonly unnamed: readonly StepIndex[];
  /** Response steps that say something which no thought says enough of. */
  readonly unsupported: readonly StepIndex[];
}

/** Why there is nothing to align. */
export type NotAligned = "no-thinking" | "no-response" | "too-long";

/** Aligns the two lanes of a chain, which takes long for a long one: the page holds a proxy. */
export interface LaneAligner {
  /**
   * @param steps For which {@link whyNotAligned} says nothing.
   * @throws AppError `cancelled` | `worker-crashed`
   */
  align(steps: readonly Step[], ctx: CallContext<never>): Promise<Alignment>;
}

export const laneAligner: LaneAligner = { align: async (steps) => alignLanes(steps) };

/** A thought that says less of a response step than this share did not lead to it. */
export const LEAST_SUPPORT = 0.34;
/** Each further pair must gain this much, so that a loose one is not taken for being possible. */
const PAIR_COST = 0.3;
/** Thoughts times response steps; above it nothing is aligned. */
const MOST_PAIRS = 4_000_000;

/** Undefined when the steps can be aligned. Linear in their number. */
export function whyNotAligned(steps: readonly Step[]): NotAligned | undefined {
  const thoughtCount = steps.filter(({ lane }) => lane === "thinking").length;
  const responseCount = steps.length - thoughtCount;
  if (thoughtCount === 0) {
    return "no-thinking";
  }
  if (responseCount === 0) {
    return "no-response";
  }
  return thoughtCount * responseCount > MOST_PAIRS ? "too-long" : undefined;
}

/** @param steps For which {@link whyNotAligned} says nothing. */
export function alignLanes(steps: readonly Step[]): Alignment {
  const thoughts = steps.filter(({ lane }) => lane === "thinking");
  const responses = steps.filter(({ lane }) => lane === "response");
  const thoughtTexts = thoughts.map(({ text }) => readFeatures(text));
  const responseTexts = responses.map(({ text }) => readFeatures(text));
  const supports = supportTable(
    thoughtTexts.map(({ features }) => features),
    responseTexts.map(({ features }) => features),
  );
  const pairs = bestChain(supports, thoughts.length, responses.length);
  const linkOf = (thought: number, response: number, isOutOfOrder: boolean): Link[] => {
    const from = thoughts[thought];
    const to = responses[response];
    const support = supports[response * thoughts.length + thought] ?? 0;
    return from && to ? [{ thought: from.index, response: to.index, support, isOutOfOrder }] : [];
  };
  const linked = new Set(pairs.map(([, response]) => response));
  const links = [
    ...pairs.flatMap(([thought, response]) => linkOf(thought, response, false)),
    ...responses.flatMap((_, response) => {
      const best = linked.has(response) ? undefined : bestThought(supports, thoughts.length, response);
      return best === undefined ? [] : linkOf(best, response, true);
    }),
  ];
  const supported = new Set(links.map(({ response }) => response));
  const named = new Set(responseTexts.flatMap(({ features }) => [...features.keys()]));
  const isUnnamed = (text: TextFeatures | undefined) =>
    text !== undefined && text.results.size > 0 && ![...text.results].some((result) => named.has(result));
  return {
    thoughts: thoughts.map(({ index }) => index),
    responses: responses.map(({ index }) => index),
    links: links.sort((a, b) => a.response - b.response || a.thought - b.thought),
    unnamed: thoughts.filter((_, place) => isUnnamed(thoughtTexts[place])).map(({ index }) => index),
    unsupported: responses
      .filter(({ index }, place) => !supported.has(index) && (responseTexts[place]?.features.size ?? 0) > 0)
      .map(({ index }) => index),
  };
}

/**
 * Support of every pair, one row a response step. Every feature counts by its weight and the rarer the more
 * thoughts lack it (inverse document frequency), so that a word of every thought tells them not apart.
 */
function supportTable(thoughts: readonly Features[], responses: readonly Features[]): Float64Array {
  const holders = new Map<string, number[]>();
  for (const [thought, features] of thoughts.entries()) {
    for (const name of features.keys()) {
      const list = holders.get(name);
      if (list === undefined) {
        holders.set(name, [thought]);
      } else {
        list.push(thought);
      }
    }
  }
  const table = new Float64Array(thoughts.length * responses.length);
  for (const [response, features] of responses.entries()) {
    const offset = response * thoughts.length;
    let whole = 0;
    for (const [name, weight] of features) {
      const found = holders.get(name) ?? [];
      const value = weight * Math.log(1 + (thoughts.length + 1) / (found.length + 1));
      whole += value;
      for (const thought of found) {
        table[offset + thought] = (table[offset + thought] ?? 0) + value;
      }
    }
    for (let thought = 0; thought < thoughts.length; thought += 1) {
      table[offset + thought] = whole > 0 ? Math.min(1, (table[offset + thought] ?? 0) / whole) : 0;
    }
  }
  return table;
}

/** Where the best chain to a cell came from. */
const FROM_THOUGHT = 1;
const FROM_RESPONSE = 2;

/**
 * The set of pairs (thought, response) of the greatest total gain in which both numbers only rise. With `g` the gain
 * of a pair: `best[i][j] = max(best[i-1][j], best[i][j-1]) + max(0, g(i, j))`.
 */
export function bestChain(
  supports: Float64Array,
  thoughtCount: number,
  responseCount: number,
): (readonly [number, number])[] {
  const width = thoughtCount + 1;
  const best = new Float64Array(width * (responseCount + 1));
  const came = new Uint8Array(best.length);
  for (let response = 1; response <= responseCount; response += 1) {
    for (let thought = 1; thought <= thoughtCount; thought += 1) {
      const at = response * width + thought;
      const byThought = best[at - 1] ?? 0;
      const byResponse = best[at - width] ?? 0;
      came[at] = byThought >= byResponse ? FROM_THOUGHT : FROM_RESPONSE;
      const gain = gainOf(supports[(response - 1) * thoughtCount + thought - 1] ?? 0);
      best[at] = Math.max(byThought, byResponse) + gain;
    }
  }
  const pairs: (readonly [number, number])[] = [];
  let [thought, response] = [thoughtCount, responseCount];
  while (thought > 0 && response > 0) {
    if (gainOf(supports[(response - 1) * thoughtCount + thought - 1] ?? 0) > 0) {
      pairs.push([thought - 1, response - 1]);
    }
    if (came[response * width + thought] === FROM_THOUGHT) {
      thought -= 1;
    } else {
      response -= 1;
    }
  }
  return pairs;
}

export function gainOf(support: number): number {
  return support < LEAST_SUPPORT ? 0 : support - PAIR_COST;
}

/** The thought that says most of a response step, the first of equals; undefined when none says enough. */
function bestThought(supports: Float64Array, thoughtCount: number, response: number): number | undefined {
  let best: number | undefined;
  let most = LEAST_SUPPORT;
  for (let thought = 0; thought < thoughtCount; thought += 1) {
    const support = supports[response * thoughtCount + thought] ?? 0;
    if (support > most || (support === most && best === undefined)) {
      best = thought;
      most = support;
    }
  }
  return best;
}
