/**
 * Keeps what is typed, how it is cut, and the text that something else has replaced, through a reload of the tab;
 * another tab, and another day, start empty.
 */
import * as v from "valibot";
import { STRATEGIES } from "../core/segment/index.ts";
import { cutOf, EMPTY_WORKSPACE, sourceOf, type Workspace, workspaceStore } from "../state/workspace.ts";
import { whenIdle } from "./idle-time.ts";
import { keepInStep } from "./keep-in-step.ts";
import { SourceShape } from "./kept-shapes.ts";

const KEY = "stepscope-text";
/** A long text takes milliseconds to write, which must not fall between two letters. */
const WRITE_WAIT_MS = 150;

const Place = v.pipe(v.number(), v.integer());
const KeptCut = v.fallback(
  v.object({ strategy: v.picklist(STRATEGIES.map(({ id }) => id)), delimiter: v.string() }),
  cutOf(EMPTY_WORKSPACE),
);

/** What `save` wrote; all but the text may be missing, when another version of the page wrote it. */
const Kept = v.object({
  problem: v.string(),
  chain: v.string(),
  own: v.fallback(v.array(v.object({ start: Place, end: Place })), []),
  ownCut: KeptCut,
  replaced: v.fallback(v.optional(SourceShape), undefined),
});

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
  const { ownCut, replaced } = workspace;
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...sourceOf(workspace), ownCut, replaced }));
  } catch {
    // Too long for storage, or forbidden. An older text must not come back in its place.
    forget();
  }
}

function forget(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Forbidden: then none was kept.
  }
}

/** The workspace as it was left; undefined when that cannot be read. */
function parseKept(text: string): Workspace | undefined {
  try {
    const stored: unknown = JSON.parse(text);
    const { problem, chain, own, ownCut, replaced } = v.parse(Kept, stored);
    const isInOrder = own.every(
      ({ start, end }, index) => start >= (own[index - 1]?.end ?? 0) && end > start && end <= chain.length,
    );
    return {
      ...EMPTY_WORKSPACE,
      problem,
      chain,
      ...v.parse(KeptCut, stored),
      own: isInOrder ? own : [],
      ownCut,
      replaced,
    };
  } catch {
    // No JSON, or no text of this page's: it starts empty.
    return undefined;
  }
}

/** Puts the text of before a reload back, and keeps it from now on. */
export function keepText(): void {
  const stored = read();
  const kept = stored === null ? undefined : parseKept(stored);
  if (kept !== undefined) {
    workspaceStore.setState(kept, true);
  }
  workspaceStore.subscribe(
    keepInStep(async () => {
      await whenIdle();
      save();
    }, WRITE_WAIT_MS),
  );
  // What was typed last is not lost with the page that is left.
  window.addEventListener("pagehide", save);
}
