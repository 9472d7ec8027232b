/** What the person has put in: the text, and how to cut it. Nothing here knows about models. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { StrategyId } from "../core/segment/index.ts";
import { areSameRanges, followEdit, type OwnRanges } from "../core/segment/own-ranges.ts";

/** Everything that decides which steps there are. Two equal sources give equal steps. */
export interface Source {
  readonly problem: string;
  readonly chain: string;
  readonly strategy: StrategyId;
  /** Used by the strategy that cuts at a given text. */
  readonly delimiter: string;
  /** Steps the person has set in the chain; empty while all are cut by the strategy. */
  readonly own: OwnRanges;
}

/** Where steps end. */
export type Cut = Pick<Source, "strategy" | "delimiter">;

export interface Example {
  readonly id: string;
  readonly title: string;
}

export type FieldName = "problem" | "chain";

/** What kept Score from starting: an empty field, or a Hub model that no click has named yet. */
export type Missing = FieldName | "model";

export interface Workspace extends Source {
  /** The rule the person chose last. An example comes with a rule of its own, which goes when it goes. */
  readonly ownCut: Cut;
  /** The gallery chain the text came from, while it is unedited. */
  readonly example: Example | undefined;
  /** A person's own text that an example or a drop replaced; one click brings it back. */
  readonly replaced: Source | undefined;
  readonly missing: Missing | undefined;
  /** How many times Score found something missing: each one moves the focus, the second too. */
  readonly refusals: number;
}

const DEFAULT_CUT: Cut = { strategy: "blank-line", delimiter: "" };

export const EMPTY_WORKSPACE: Workspace = {
  problem: "",
  chain: "",
  ...DEFAULT_CUT,
  own: [],
  ownCut: DEFAULT_CUT,
  example: undefined,
  replaced: undefined,
  missing: undefined,
  refusals: 0,
};

/** Score was asked for and could not start. */
export function refuseScore(state: Workspace, missing: Missing): Workspace {
  return { ...state, missing, refusals: state.refusals + 1 };
}

export function sourceOf({ problem, chain, strategy, delimiter, own }: Source): Source {
  return { problem, chain, strategy, delimiter, own };
}

export function cutOf({ strategy, delimiter }: Cut): Cut {
  return { strategy, delimiter };
}

export function isSameSource(a: Source, b: Source): boolean {
  return (
    a.problem === b.problem &&
    a.chain === b.chain &&
    a.strategy === b.strategy &&
    a.delimiter === b.delimiter &&
    areSameRanges(a.own, b.own)
  );
}

/** Whether less than half of a text is left, at its two ends: then what stands there is another text. */
export function isOtherText(before: string, after: string): boolean {
  const longest = Math.min(before.length, after.length);
  let start = 0;
  while (start < longest && before[start] === after[start]) {
    start += 1;
  }
  let end = 0;
  while (end < longest - start && before.at(-1 - end) === after.at(-1 - end)) {
    end += 1;
  }
  return start + end < before.length / 2;
}

/**
 * A person's edit of any part of the source. A chain put in place of another is cut by the person's own rule, and
 * another rule cuts the whole chain anew; otherwise steps that were set stay where they are in the text.
 */
export function editSource(state: Workspace, edit: Partial<Source>): Workspace {
  const isOther = edit.chain !== undefined && isOtherText(state.chain, edit.chain);
  const own =
    isOther || edit.strategy !== undefined || edit.delimiter !== undefined
      ? []
      : followEdit(state.own, state.chain, edit.chain ?? state.chain);
  const edited = { ...state, own, ...(isOther ? state.ownCut : {}), ...edit };
  const isText = edit.problem !== undefined || edit.chain !== undefined;
  const isCut = edit.strategy !== undefined || edit.delimiter !== undefined;
  const { missing } = state;
  const stillMissing = missing === "model" || (missing !== undefined && edited[missing].trim() === "");
  return {
    ...edited,
    ownCut: isCut ? cutOf(edited) : state.ownCut,
    example: isText ? undefined : state.example,
    missing: stillMissing ? missing : undefined,
  };
}

interface Replacing {
  /** Which example the new text is. */
  readonly example?: Example | undefined;
  /** Whether a person wrote the text that goes; one that came from elsewhere does not hide the last that was. */
  readonly isOwn: boolean;
}

/** Replaces the text by one that came from elsewhere, keeping what the person had typed. */
export function replaceSource(state: Workspace, source: Source, { example, isOwn }: Replacing): Workspace {
  const isText = state.problem.trim() !== "" || state.chain.trim() !== "";
  return {
    ...state,
    ...source,
    example,
    replaced: isOwn && isText && !isSameSource(state, source) ? sourceOf(state) : state.replaced,
    missing: undefined,
  };
}

/** Empties the fields of an example's text; a text of the person's own stays. */
export function leaveExample(state: Workspace): Workspace {
  const { ownCut, replaced } = state;
  return state.example === undefined ? state : { ...EMPTY_WORKSPACE, ...ownCut, ownCut, replaced };
}

/** Brings the replaced text back; what a person typed meanwhile, `isOwn`, takes its place. */
export function restoreSource(state: Workspace, isOwn: boolean): Workspace {
  return state.replaced === undefined
    ? state
    : replaceSource({ ...state, replaced: undefined }, state.replaced, { isOwn });
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
