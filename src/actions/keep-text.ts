/** Keeps what is typed, and how it is cut, through a reload of the tab; another tab, and another day, start empty. */
import * as v from "valibot";
import { STRATEGIES } from "../core/segment/index.ts";
import type { OwnRanges } from "../core/segment/own-ranges.ts";
import {
  type Cut,
  cutOf,
  EMPTY_WORKSPACE,
  sourceOf,
  type Workspace,
  workspaceStore,
} from "../state/workspace.ts";

const KEY = "stepscope-text";

const Place = v.pipe(v.number(), v.integer());
const OwnSteps = v.array(v.object({ start: Place, end: Place }));

function read(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    // Storage may be forbidden: then a reload forgets, as it does anywhere.
    return null;
  }
}

function save(): void {
  const workspace = workspaceStore.getState();
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...sourceOf(workspace), ownCut: workspace.ownCut }));
  } catch {
    // Too long for storage, or forbidden.
  }
}

/** What `save` wrote: each part of it may be missing, when another version of the page wrote it. */
type Kept = { readonly [Name in keyof Workspace]?: unknown };

function isKept(value: unknown): value is Kept {
  return typeof value === "object" && value !== null;
}

function parseCut(value: unknown): Cut {
  const { strategy, delimiter }: Kept = isKept(value) ? value : {};
  const known = STRATEGIES.find(({ id }) => id === strategy);
  return known !== undefined && typeof delimiter === "string"
    ? { strategy: known.id, delimiter }
    : cutOf(EMPTY_WORKSPACE);
}

/** Where steps were set; none where that is not a list of places in order that lie in the chain. */
function parseOwn(value: unknown, chain: string): OwnRanges {
  const { success, output } = v.safeParse(OwnSteps, value);
  let last = 0;
  const isInOrder =
    success &&
    output.every(({ start, end }) => {
      const follows = start >= last && end > start && end <= chain.length;
      last = end;
      return follows;
    });
  return isInOrder ? output : [];
}

/** The workspace as it was left; undefined when that cannot be read. */
function parseKept(text: string): Workspace | undefined {
  const kept: unknown = JSON.parse(text);
  if (!isKept(kept) || typeof kept.problem !== "string" || typeof kept.chain !== "string") {
    return undefined;
  }
  const { problem, chain, ownCut } = kept;
  const own = parseOwn(kept.own, chain);
  return { ...EMPTY_WORKSPACE, problem, chain, own, ...parseCut(kept), ownCut: parseCut(ownCut) };
}

/** Puts the text of before a reload back, and keeps it from now on. */
export function keepText(): void {
  const stored = read();
  const kept = stored === null ? undefined : parseKept(stored);
  if (kept !== undefined) {
    workspaceStore.setState(kept, true);
  }
  window.addEventListener("pagehide", save);
}
