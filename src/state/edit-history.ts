/** What the text was before each edit, and what undo took back. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { isSameSource, type Source } from "./workspace.ts";

/** Letters typed into one field are one edit; each edit of steps is one of its own. */
export type EditKind = "problem" | "chain" | "rule" | "steps" | "other";

export interface EditHistory {
  /** Oldest first. */
  readonly past: readonly Source[];
  /** Next to be done again first. */
  readonly future: readonly Source[];
  readonly last: EditKind | undefined;
}

export const NO_HISTORY: EditHistory = { past: [], future: [], last: undefined };

/** Each holds a whole chain. */
const MOST_KEPT = 100;

const IS_TYPED = { problem: true, chain: true, rule: false, steps: false, other: false } as const;

/** An edit is about to be made of `source`. */
export function recordEdit(history: EditHistory, source: Source, kind: EditKind): EditHistory {
  const newest = history.past.at(-1);
  const goesOn = history.last === kind && IS_TYPED[kind];
  const isKept = newest !== undefined && (goesOn || isSameSource(source, newest));
  return {
    past: isKept ? history.past : [...history.past, source].slice(-MOST_KEPT),
    future: [],
    last: kind,
  };
}

/** Ends what is being typed: what comes next is an edit of its own. */
export function endTyping(history: EditHistory): EditHistory {
  return history.last === undefined ? history : { ...history, last: undefined };
}

/** @returns undefined when there is nothing to take back. */
export function undoEdit(
  { past, future }: EditHistory,
  current: Source,
): { readonly history: EditHistory; readonly source: Source } | undefined {
  const source = past.at(-1);
  return (
    source && {
      source,
      history: { past: past.slice(0, -1), future: [current, ...future], last: undefined },
    }
  );
}

/** @returns undefined when nothing was taken back. */
export function redoEdit(
  { past, future }: EditHistory,
  current: Source,
): { readonly history: EditHistory; readonly source: Source } | undefined {
  const [source, ...rest] = future;
  return source && { source, history: { past: [...past, current], future: rest, last: undefined } };
}

export const editHistoryStore = createStore<EditHistory>()(() => NO_HISTORY);

export function useEditHistory<T>(select: (state: EditHistory) => T): T {
  return useStore(editHistoryStore, select);
}
