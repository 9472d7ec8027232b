/** Keeps what a tab has scored of a chain so far: a reload in the middle of a long run, or after a stop, loses little. */
import { isPartlyScored, isUnderWay, type Run, runsStore } from "../state/runs.ts";
import { isSameSource, sourceOf, workspaceStore } from "../state/workspace.ts";
import { isScreenFree } from "./address.ts";
import { whenIdle } from "./idle-time.ts";
import { keepInStep } from "./keep-in-step.ts";
import { formatRun, parseRun } from "./kept-shapes.ts";
import type { KeptStore } from "./kept-store.ts";

const WRITE_WAIT_MS = 50;
/** A long run is written down again only so often while it goes on. */
const BETWEEN_WRITES_MS = 2000;

/** @param prefix Of the tab's keys. */
export function createUnfinishedKeeper(store: KeptStore, prefix: string) {
  const key = `${prefix}unfinished`;
  let written: Run | undefined;
  let writtenAt = Number.NEGATIVE_INFINITY;

  const write = async () => {
    const run = runsStore.getState().current;
    if (run === undefined || !isPartlyScored(run)) {
      if (written !== undefined) {
        await store.remove([key]);
        written = undefined;
      }
      return;
    }
    const isTooSoon = isUnderWay(run) && performance.now() - writtenAt < BETWEEN_WRITES_MS;
    if (run === written || isTooSoon) {
      return;
    }
    await whenIdle();
    // Whatever ended it, nothing goes on by itself after a reload.
    await store.set(key, formatRun({ ...run, status: "stopped" }));
    written = run;
    writtenAt = performance.now();
  };

  return {
    /** Shows what was scored of the text in the fields, unless something else is shown by then. */
    recall: async () => {
      const run = parseRun(await store.get(key));
      written = run;
      if (
        run !== undefined &&
        isScreenFree() &&
        isSameSource(run.source, sourceOf(workspaceStore.getState()))
      ) {
        runsStore.setState({ current: run }, true);
      }
    },
    start: () => {
      const keep = keepInStep(write, WRITE_WAIT_MS);
      runsStore.subscribe(keep);
      keep();
    },
  };
}
