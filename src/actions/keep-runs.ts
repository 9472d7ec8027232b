/** Keeps the shelf of finished runs through reloads and visits, in this browser, each run under a key of its own. */
import { fingerprint } from "../core/fingerprint.ts";
import { type Run, runsStore, showKept } from "../state/runs.ts";
import { findRun, lastingRuns, MOST_BYTES, recallRuns, shelfStore, sourceKey } from "../state/shelf.ts";
import { type Source, sourceOf, workspaceStore } from "../state/workspace.ts";
import { isScreenFree } from "./address.ts";
import { whenIdle } from "./idle-time.ts";
import { keepInStep } from "./keep-in-step.ts";
import { formatRun, parseRun } from "./kept-shapes.ts";
import type { KeptStore } from "./kept-store.ts";
import { keptRun } from "./shelf.ts";
import { timeKey } from "./time-key.ts";

const PREFIX = "run/";
const WRITE_WAIT_MS = 50;
const RADIX = 36;
const COUNT_DIGITS = 4;

let count = 0;

/** To find the runs of a text by their keys; those of another text are told apart by reading them. */
function hashOf(source: Source): string {
  return fingerprint(sourceKey(source));
}

function newKey(source: Source): string {
  count += 1;
  return `${PREFIX}${timeKey()}${count.toString(RADIX).padStart(COUNT_DIGITS, "0")}-${hashOf(source)}`;
}

export interface RunKeeper {
  /** Reads the runs of the text in the fields and shows the one that fits, unless something else is shown by then. */
  readonly recallShown: () => Promise<void>;
  /** Reads all others. */
  readonly recallRest: () => Promise<void>;
  /** Keeps what is on the shelf from now on. */
  readonly start: () => void;
}

/** The text's run, where the screen is free for it. It selects no step: the address may. */
function showFitting(): void {
  const run = keptRun(sourceOf(workspaceStore.getState()));
  if (run !== undefined && isScreenFree()) {
    runsStore.setState((state) => showKept(state, run, false), true);
  }
}

export function createRunKeeper(store: KeptStore): RunKeeper {
  /** What is written, by the very runs on the shelf. */
  const written = new Map<Run, string>();
  const read = new Set<string>();

  /** Takes up the runs under these keys, the newest first; what is none goes. */
  const recall = async (keys: readonly string[]) => {
    const found: { readonly key: string; readonly run: Run }[] = [];
    const spent: string[] = [];
    let characters = 0;
    for (const key of keys) {
      read.add(key);
      const text = characters > MOST_BYTES ? undefined : await store.get(key);
      characters += text?.length ?? 0;
      const run = parseRun(text);
      if (run === undefined) {
        spent.push(key);
      } else {
        found.push({ key, run });
      }
    }
    const runs = found.map(({ run }) => run);
    shelfStore.setState((shelf) => recallRuns(shelf, runs), true);
    for (const { key, run } of found) {
      // Where another tab wrote the same run too, the newer one is enough.
      if (findRun(shelfStore.getState(), run.source, run) === run) {
        written.set(run, key);
      } else {
        spent.push(key);
      }
    }
    if (spent.length > 0) {
      await store.remove(spent);
    }
  };

  const listKeys = async () =>
    (await store.keys())
      .filter((key) => key.startsWith(PREFIX))
      .sort()
      .reverse();

  const write = async () => {
    const wanted = lastingRuns(shelfStore.getState());
    const isWanted = new Set(wanted);
    const gone = [...written].filter(([run]) => !isWanted.has(run));
    for (const [run] of gone) {
      written.delete(run);
    }
    if (gone.length > 0) {
      await store.remove(gone.map(([, key]) => key));
    }
    for (const run of wanted.filter((one) => !written.has(one))) {
      await whenIdle();
      const key = newKey(run.source);
      await store.set(key, formatRun(run));
      written.set(run, key);
    }
  };

  return {
    recallShown: async () => {
      const source = sourceOf(workspaceStore.getState());
      if (source.chain === "") {
        return;
      }
      const suffix = `-${hashOf(source)}`;
      await recall((await listKeys()).filter((key) => key.endsWith(suffix)));
      showFitting();
    },
    recallRest: async () => {
      await recall((await listKeys()).filter((key) => !read.has(key)));
      showFitting();
    },
    start: () => {
      const keep = keepInStep(write, WRITE_WAIT_MS);
      shelfStore.subscribe(keep);
      keep();
    },
  };
}
