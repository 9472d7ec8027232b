/** What the person has put in: the text, and how to cut it. Nothing here knows about models. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { StrategyId } from "../core/segment/index.ts";

/** Everything that decides which steps there are. Two equal sources give equal steps. */
export interface Source {
  readonly problem: string;
  readonly chain: string;
  readonly strategy: StrategyId;
  /** Used by the strategy that cuts at a given text. */
  readonly delimiter: string;
}

export interface Example {
  readonly id: string;
  readonly title: string;
}

export type FieldName = "problem" | "chain";

/** What kept Score from starting: an empty field, or a Hub model that no click has named yet. */
export type Missing = FieldName | "model";

export interface Workspace extends Source {
  /** The gallery chain the text came from, while it is unedited. */
  readonly example: Example | undefined;
  /** A person's own text that an example or a drop replaced; one click brings it back. */
  readonly replaced: Source | undefined;
  readonly missing: Missing | undefined;
  /** How many times Score found something missing: each one moves the focus, the second too. */
  readonly refusals: number;
}

export const EMPTY_WORKSPACE: Workspace = {
  problem: "",
  chain: "",
  strategy: "blank-line",
  delimiter: "",
  example: undefined,
  replaced: undefined,
  missing: undefined,
  refusals: 0,
};

/** Score was asked for and could not start. */
export function refuseScore(state: Workspace, missing: Missing): Workspace {
  return { ...state, missing, refusals: state.refusals + 1 };
}

export function sourceOf({ problem, chain, strategy, delimiter }: Source): Source {
  return { problem, chain, strategy, delimiter };
}

export function isSameSource(a: Source, b: Source): boolean {
  return (
    a.problem === b.problem && a.chain === b.chain && a.strategy === b.strategy && a.delimiter === b.delimiter
  );
}

/** A person's edit of any part of the source. */
export function editSource(state: Workspace, edit: Partial<Source>): Workspace {
  const edited = { ...state, ...edit };
  const isText = edit.problem !== undefined || edit.chain !== undefined;
  const { missing } = state;
  const stillMissing = missing === "model" || (missing !== undefined && edited[missing].trim() === "");
  return {
    ...edited,
    example: isText ? undefined : state.example,
    missing: stillMissing ? missing : undefined,
  };
}

/** Replaces the text by an example or by dropped text, keeping what the person had typed. */
export function replaceSource(state: Workspace, source: Source, example?: Example): Workspace {
  const isOwn = state.example === undefined && (state.problem.trim() !== "" || state.chain.trim() !== "");
  return {
    ...state,
    ...source,
    example,
    replaced: isOwn && !isSameSource(state, source) ? sourceOf(state) : state.replaced,
    missing: undefined,
  };
}

/** Brings the replaced text back; what a person typed meanwhile takes its place. */
export function restoreSource(state: Workspace): Workspace {
  return state.replaced === undefined
    ? state
    : replaceSource({ ...state, replaced: undefined }, state.replaced);
}

/** The first field that has to be filled before a chain can be scored. */
export function missingField(source: Source): FieldName | undefined {
  if (source.problem.trim() === "") {
    return "problem";
  }
  return source.chain.trim() === "" ? "chain" : undefined;
}

export const workspaceStore = createStore<Workspace>()(() => EMPTY_WORKSPACE);

export function useWorkspace<T>(select: (state: Workspace) => T): T {
  return useStore(workspaceStore, select);
}
