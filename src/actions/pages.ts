/** The pages over the run by their names, as commands and the address know them. */
import { collectionStore } from "../state/collection.ts";
import type { Cover } from "../state/cover.ts";
import { pinnedStore } from "../state/pinned.ts";
import { viewStore } from "../state/view-state.ts";
import { pushPlace, readPlace } from "./address.ts";
import type { ActionContext } from "./context.ts";
import { openCover } from "./cover.ts";
import { openModels } from "./library.ts";
import { openCandidates } from "./look-at-candidates.ts";

interface Page {
  readonly open: (ctx: ActionContext) => void;
  /** Absent: always. */
  readonly isThere?: () => boolean;
}

const PAGES: Readonly<Record<Cover, Page>> = {
  examples: { open: () => openCover("examples") },
  records: {
    open: () => openCover("records"),
    // One chain is shown as it is; a list begins with two.
    isThere: () => collectionStore.getState().records.length > 1,
  },
  candidates: { open: openCandidates },
  models: { open: openModels },
  compare: { open: () => openCover("compare"), isThere: () => pinnedStore.getState().run !== undefined },
};

/** Whether there is something to show on it. */
export function isPageThere(cover: Cover): boolean {
  return PAGES[cover].isThere?.() ?? true;
}

/** Shows a page, if there is something to show on it. */
export function openPage(ctx: ActionContext, cover: Cover): void {
  if (isPageThere(cover)) {
    PAGES[cover].open(ctx);
  }
}

/** From now on a page that is opened or closed is a place of its own: Back returns from it. */
export function followPages(): void {
  viewStore.subscribe(({ cover }, before) => {
    if (cover !== before.cover) {
      // When all that belongs to the change is done: what has written it down by then need not do so twice.
      queueMicrotask(() => {
        if (readPlace().page !== viewStore.getState().cover) {
          pushPlace();
        }
      });
    }
  });
}
