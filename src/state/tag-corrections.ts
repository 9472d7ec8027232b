/** Tags of steps that the reader set right. They belong to a text and its cut: scoring it again keeps them. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { StepTag } from "../core/step-tags.ts";
import type { Trace } from "../core/trace.ts";
import type { StepIndex } from "../core/units.ts";

type Corrections = ReadonlyMap<StepIndex, StepTag>;

/** By the identity of a text as it was cut; see `keyOf`. The one that was corrected last is the last. */
export type TagCorrections = ReadonlyMap<string, Corrections>;

const NO_CORRECTIONS: Corrections = new Map();

function keyOf({ problem, chain, steps }: Trace): string {
  return JSON.stringify([problem, chain, steps.map(({ start }) => start)]);
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

export const tagCorrectionsStore = createStore<TagCorrections>()(() => new Map());

export function useTagCorrections(): TagCorrections {
  return useStore(tagCorrectionsStore);
}
