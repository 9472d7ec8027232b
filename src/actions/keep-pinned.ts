/** Keeps the pinned run of a tab. */

import { isOfSameModel } from "../state/model-identity.ts";
import { pinnedStore } from "../state/pinned.ts";
import type { Run } from "../state/runs.ts";
import { findRun, shelfStore } from "../state/shelf.ts";
import { whenIdle } from "./idle-time.ts";
import { keepInStep } from "./keep-in-step.ts";
import { formatRun, parseRun } from "./kept-shapes.ts";
import type { KeptStore } from "./kept-store.ts";

const WRITE_WAIT_MS = 50;

/** A run that is on the page, too, is told by being the same object. */
function asShelved(run: Run): Run {
  const shelved = findRun(shelfStore.getState(), run.source, run);
  const isSame =
    shelved !== undefined &&
    isOfSameModel(shelved, run) &&
    run.scores.every((score, index) => score?.reward === shelved.scores[index]?.reward);
  return isSame ? shelved : run;
}

/** @param prefix Of the tab's keys. */
export function createPinnedKeeper(store: KeptStore, prefix: string) {
  const key = `${prefix}pinned`;
  let written: Run | undefined;
  return {
    /** Pins what was pinned, unless another run is by then. */
    recall: async () => {
      const run = parseRun(await store.get(key));
      if (run !== undefined && pinnedStore.getState().run === undefined) {
        pinnedStore.setState({ run: asShelved(run) });
      }
    },
    start: () => {
      const keep = keepInStep(async () => {
        const { run } = pinnedStore.getState();
        if (run !== undefined && run !== written) {
          await whenIdle();
          await store.set(key, formatRun(run));
        } else if (run === undefined) {
          await store.remove([key]);
        }
        written = run;
      }, WRITE_WAIT_MS);
      pinnedStore.subscribe(keep);
      keep();
    },
  };
}
