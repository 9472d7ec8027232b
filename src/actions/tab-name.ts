/** What a tab calls itself, to know what it kept before a reload from what other tabs keep. */
import type { KeptStore } from "./kept-store.ts";
import { timeKey } from "./time-key.ts";

const KEY = "stepscope-tab";
const RADIX = 36;

/** What a tab keeps is under keys that begin with this. */
export function prefixOf(tab: string): string {
  return `${TABS_PREFIX}${tab}/`;
}

export const TABS_PREFIX = "desk/";

/** In the order of time. */
function newName(): string {
  return `${timeKey()}-${Math.random().toString(RADIX).slice(2)}`;
}

const LOCK_PREFIX = "stepscope-tab/";

/** Holds a name until the page is gone. @returns false when another tab holds it */
function hold(name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const held = navigator.locks.request(LOCK_PREFIX + name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise<never>(() => undefined);
    });
    held.catch(reject);
  });
}

/** Whether a name can be this tab's; where a browser has no locks, nobody knows of another that has it. */
async function isFree(name: string): Promise<boolean> {
  try {
    return await hold(name);
  } catch {
    return true;
  }
}

/** The tabs that are open now; none where a browser does not say. */
export async function openTabs(): Promise<ReadonlySet<string>> {
  try {
    const { held = [] } = await navigator.locks.query();
    const names = held.flatMap(({ name = "" }) => (name.startsWith(LOCK_PREFIX) ? [name] : []));
    return new Set(names.map((name) => name.slice(LOCK_PREFIX.length)));
  } catch {
    return new Set();
  }
}

async function copyKept(store: KeptStore, from: string, to: string): Promise<void> {
  const prefix = prefixOf(from);
  for (const key of (await store.keys()).filter((one) => one.startsWith(prefix))) {
    const text = await store.get(key);
    if (text !== undefined) {
      await store.set(prefixOf(to) + key.slice(prefix.length), text);
    }
  }
}

/**
 * This tab's name. A tab that was duplicated finds the name of the other one: it takes a name of its own, and begins
 * with what is kept under the other's. Never rejects.
 * @returns undefined where a browser lets it have none
 */
export async function claimTab(store: KeptStore): Promise<string | undefined> {
  try {
    const known = sessionStorage.getItem(KEY);
    if (known !== null && (await isFree(known))) {
      return known;
    }
    const name = newName();
    sessionStorage.setItem(KEY, name);
    await isFree(name);
    if (known !== null) {
      // Without it the tab begins empty.
      await copyKept(store, known, name).catch(() => undefined);
    }
    return name;
  } catch {
    // Storage may be forbidden.
    return undefined;
  }
}
