/** Tags of steps that the reader set right. They belong to a text and its cut: scoring it again keeps them. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { fingerprint } from "../core/fingerprint.ts";
import type { StepTag } from "../core/step-tags.ts";
import type { Trace } from "../core/trace.ts";
import type { StepIndex } from "../core/units.ts";

export type Corrections = ReadonlyMap<StepIndex, StepTag>;

/** By what stands for a text as it was cut; see `keyOf`. The one that was corrected last is the last. */
export type TagCorrections = ReadonlyMap<string, Corrections>;

export const NO_CORRECTIONS: Corrections = new Map();

const keys = new WeakMap<Trace, string>();

/** It is written down where it outlives the text, so nothing of that is in it. */
function keyOf(trace: Trace): string {
  const { problem, chain, steps } = trace;
  const key =
    keys.get(trace) ?? fingerprint(JSON.stringify([problem, chain, steps.map(({ start }) => start)]));
  keys.set(trace, key);
  return key;
}

/** @param tag Absent: what the rules say stands again. */
export function correctTag(
  state: TagCorrections,
  trace: Trace,
  index: StepIndex,
  tag: StepTag | undefined,
): TagCorrections {
  const key = keyOf(trace);
  const corrections = new Map(state.get(key));
  if (tag === undefined) {
    corrections.delete(index);
  } else {
    corrections.set(index, tag);
  }
  const next = new Map(state);
  next.delete(key);
  return next.set(key, corrections);
}

export function correctionsOf(state: TagCorrections, trace: Trace): Corrections {
  return state.size === 0 ? NO_CORRECTIONS : (state.get(keyOf(trace)) ?? NO_CORRECTIONS);
}

/**
 * What has changed from `before` to `after`, done to `kept` as well: two tabs may each correct other steps of one text.
 */
export function mergeCorrections(kept: Corrections, before: Corrections, after: Corrections): Corrections {
  const merged = new Map(kept);
  for (const index of before.keys()) {
    if (!after.has(index)) {
      merged.delete(index);
    }
  }
  for (const [index, tag] of after) {
    if (before.get(index) !== tag) {
      merged.set(index, tag);
    }
  }
  return merged;
}

/** A text that a person has cleared. */
export type ClearedText = Pick<Trace, "problem" | "chain">;

/** By the keys of their corrections: these are here while the page is, for who takes that back, and are kept nowhere. */
export type ClearedTexts = ReadonlyMap<string, ClearedText>;

/** The text of these steps was cleared. */
export function clearText(cleared: ClearedTexts, trace: Trace): ClearedTexts {
  return new Map(cleared).set(keyOf(trace), { problem: trace.problem, chain: trace.chain });
}

/** The text is in the fields again. */
export function takeBackCleared(cleared: ClearedTexts, { problem, chain }: ClearedText): ClearedTexts {
  const others = [...cleared].filter(([, text]) => text.problem !== problem || text.chain !== chain);
  return others.length === cleared.size ? cleared : new Map(others);
}

export const clearedTextsStore = createStore<ClearedTexts>()(() => new Map());

export const tagCorrectionsStore = createStore<TagCorrections>()(() => new Map());

export function useTagCorrections(): TagCorrections {
  return useStore(tagCorrectionsStore);
}
