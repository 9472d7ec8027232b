/** What the text was before each edit, and what undo took back. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { isSameSource, type Source } from "./workspace.ts";

/** Letters typed into one field are one edit; each edit of steps is one of its own. */
export const EDIT_KINDS = ["problem", "chain", "rule", "steps", "other"] as const;

export type EditKind = (typeof EDIT_KINDS)[number];

/** An edit, and the text on its other side: that before it while it stands, that behind it once it is taken back. */
export interface Edit {
  readonly kind: EditKind;
  readonly source: Source;
}

export interface EditHistory {
  /** Oldest first. */
  readonly past: readonly Edit[];
  /** Next to be done again first. */
  readonly future: readonly Edit[];
  /** What is being typed. */
  readonly last: EditKind | undefined;
}

export const NO_HISTORY: EditHistory = { past: [], future: [], last: undefined };

/** Each holds a whole chain. */
const MOST_KEPT = 100;

const IS_TYPED = { problem: true, chain: true, rule: false, steps: false, other: false } as const;

/** An edit is about to be made of `source`. */
export function recordEdit(history: EditHistory, source: Source, kind: EditKind): EditHistory {
  const newest = history.past.at(-1);
  if (newest !== undefined && history.last === kind && IS_TYPED[kind]) {
    return { past: history.past, future: [], last: kind };
  }
  // What led back to the same text is no edit.
  const before =
    newest !== undefined && isSameSource(source, newest.source) ? history.past.slice(0, -1) : history.past;
  return { past: [...before, { kind, source }].slice(-MOST_KEPT), future: [], last: kind };
}

/** Ends what is being typed: what comes next is an edit of its own. */
export function endTyping(history: EditHistory): EditHistory {
  return history.last === undefined ? history : { ...history, last: undefined };
}

/** A move through the history: the edit that is taken back or made again, with the text it leads to. */
export interface Moved {
  readonly history: EditHistory;
  readonly edit: Edit;
}

/** @returns undefined when there is nothing to take back. */
export function undoEdit({ past, future }: EditHistory, current: Source): Moved | undefined {
  const edit = past.at(-1);
  return (
    edit && {
      edit,
      history: {
        past: past.slice(0, -1),
        future: [{ kind: edit.kind, source: current }, ...future],
        last: undefined,
      },
    }
  );
}

/** @returns undefined when nothing was taken back. */
export function redoEdit({ past, future }: EditHistory, current: Source): Moved | undefined {
  const [edit, ...rest] = future;
  return (
    edit && {
      edit,
      history: { past: [...past, { kind: edit.kind, source: current }], future: rest, last: undefined },
    }
  );
}

export const editHistoryStore = createStore<EditHistory>()(() => NO_HISTORY);

export function useEditHistory<T>(select: (state: EditHistory) => T): T {
  return useStore(editHistoryStore, select);
}
