/**
 * Keeps what lies on the page beside the text through a reload: runs, corrected tags, the chains of the file, the
 * candidates, and the pinned run. It stays in this browser. Finished runs and tags are kept for every tab and
 * every visit, and are shown with their text; the rest belongs to its tab, and another tab, and another day, start empty.
 */
import { candidatesStore } from "../state/candidates.ts";
import { createListKeeper } from "./keep-lists.ts";
import { createPinnedKeeper } from "./keep-pinned.ts";
import { createRunKeeper } from "./keep-runs.ts";
import { createTagKeeper } from "./keep-tags.ts";
import { createUnfinishedKeeper } from "./keep-unfinished.ts";
import type { KeptStore } from "./kept-store.ts";
import { showKeptResults } from "./list-candidates.ts";

const PREFIX = "desk/";
const TAB_KEY = "stepscope-tab";
/** Other tabs of which something is kept; those that were opened before them are forgotten. */
const MOST_OTHER_TABS = 4;
const RADIX = 36;
const TIME_DIGITS = 9;
/** A storage that does not answer must not keep the page from going where its address says. */
const LONGEST_WAIT_MS = 1000;

/** This tab's name, in the order of time; undefined where a browser lets it have none. */
function tabName(): string | undefined {
  try {
    const time = Date.now().toString(RADIX).padStart(TIME_DIGITS, "0");
    const name = sessionStorage.getItem(TAB_KEY) ?? `${time}-${Math.random().toString(RADIX).slice(2)}`;
    sessionStorage.setItem(TAB_KEY, name);
    return name;
  } catch {
    return undefined;
  }
}

async function removeOldTabs(store: KeptStore, own: string): Promise<void> {
  const keys = (await store.keys()).filter((key) => key.startsWith(PREFIX));
  const tabOf = (key: string) => key.slice(PREFIX.length).split("/", 1)[0] ?? "";
  const others = new Set(keys.map(tabOf).filter((tab) => tab !== own));
  const old = new Set([...others].sort().reverse().slice(MOST_OTHER_TABS));
  const gone = keys.filter((key) => old.has(tabOf(key)));
  if (gone.length > 0) {
    await store.remove(gone);
  }
}

/** A part of the page without what was kept of it is as it is without storage. */
async function orNothing(recall: Promise<void>): Promise<void> {
  try {
    await recall;
  } catch {
    // Forbidden, or gone: see above.
  }
}

export interface PageKeeper {
  /** Shows the run of the text in the fields. Never rejects, and never takes long. */
  readonly recallShown: () => Promise<void>;
  /** After that: puts everything else back and keeps it from then on. Never rejects. */
  readonly recallRest: () => Promise<void>;
}

function partsOfTab(store: KeptStore, prefix: string) {
  return [createListKeeper(store, prefix), createPinnedKeeper(store, prefix)];
}

export function createPageKeeper(store: KeptStore, tab = tabName()): PageKeeper {
  const runs = createRunKeeper(store);
  const prefix = `${PREFIX}${tab}/`;
  const unfinished = tab === undefined ? undefined : createUnfinishedKeeper(store, prefix);
  const parts = [createTagKeeper(store), ...(tab === undefined ? [] : partsOfTab(store, prefix))];
  let shown: Promise<void> = Promise.resolve();
  return {
    recallShown: () => {
      shown = orNothing(runs.recallShown()).then(() => unfinished && orNothing(unfinished.recall()));
      return Promise.race([shown, new Promise<void>((resolve) => setTimeout(resolve, LONGEST_WAIT_MS))]);
    },
    recallRest: async () => {
      await shown;
      await orNothing(runs.recallRest());
      for (const part of parts) {
        await orNothing(part.recall());
      }
      if (candidatesStore.getState().all.length === 0) {
        showKeptResults();
      }
      runs.start();
      unfinished?.start();
      for (const part of parts) {
        part.start();
      }
      if (tab !== undefined) {
        await orNothing(removeOldTabs(store, tab));
      }
    },
  };
}
