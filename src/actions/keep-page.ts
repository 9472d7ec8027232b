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
import { claimTab, openTabs, prefixOf, TABS_PREFIX } from "./tab-name.ts";

/** Other tabs of which something is kept; those that were opened before them, and are closed by now, are forgotten. */
const MOST_OTHER_TABS = 4;
/** A storage that does not answer must not keep the page from going where its address says. */
const LONGEST_WAIT_MS = 1000;

async function removeOldTabs(store: KeptStore, own: string): Promise<void> {
  const keys = (await store.keys()).filter((key) => key.startsWith(TABS_PREFIX));
  const tabOf = (key: string) => key.slice(TABS_PREFIX.length).split("/", 1)[0] ?? "";
  const others = new Set(keys.map(tabOf).filter((tab) => tab !== own));
  const open = await openTabs();
  const oldest = [...others].sort().reverse().slice(MOST_OTHER_TABS);
  const old = new Set(oldest.filter((tab) => !open.has(tab)));
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

/** @param tab See `claimTab`. */
export function createPageKeeper(
  store: KeptStore,
  tab: string | Promise<string | undefined> = claimTab(store),
): PageKeeper {
  const runs = createRunKeeper(store);
  let unfinished: ReturnType<typeof createUnfinishedKeeper> | undefined;
  let shown: Promise<void> = Promise.resolve();
  return {
    recallShown: () => {
      const recall = async () => {
        await orNothing(runs.recallShown());
        const own = await tab;
        unfinished = own === undefined ? undefined : createUnfinishedKeeper(store, prefixOf(own));
        await unfinished?.recall();
      };
      shown = orNothing(recall());
      return Promise.race([shown, new Promise<void>((resolve) => setTimeout(resolve, LONGEST_WAIT_MS))]);
    },
    recallRest: async () => {
      await shown;
      await orNothing(runs.recallRest());
      const own = await tab;
      const parts = [createTagKeeper(store), ...(own === undefined ? [] : partsOfTab(store, prefixOf(own)))];
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
      if (own !== undefined) {
        await orNothing(removeOldTabs(store, own));
      }
    },
  };
}
