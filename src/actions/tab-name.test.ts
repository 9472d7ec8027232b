import { beforeEach, describe, expect, it, vi } from "vitest";
import { claimTab, openTabs, prefixOf } from "./tab-name.ts";
import { createLocks } from "./testing/locks.ts";
import { createMemoryStore } from "./testing/memory-store.ts";

let session: Map<string, string>;
let locks: ReturnType<typeof createLocks>;

/** Goes to another tab, which has what that one had when it was made. */
function enter(tab: string, copied: ReadonlyMap<string, string> = new Map()): void {
  session = new Map(copied);
  locks.enter(tab);
}

beforeEach(() => {
  locks = createLocks();
  vi.stubGlobal("navigator", { locks });
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => session.get(key) ?? null,
    setItem: (key: string, value: string) => session.set(key, value),
  });
  enter("first");
});

describe("the name of a tab", () => {
  it("stays through a reload, and is another one's in another tab", async () => {
    const store = createMemoryStore();
    const name = await claimTab(store);
    locks.close("first");
    expect(await claimTab(store)).toBe(name);
    enter("second");
    expect(await claimTab(store)).not.toBe(name);
  });

  it("is a new one in a tab that was duplicated, which begins with what the other has kept", async () => {
    const store = createMemoryStore();
    const name = (await claimTab(store)) ?? "";
    store.texts.set(`${prefixOf(name)}collection`, "list");
    store.texts.set(`${prefixOf(name)}records/0`, "piece");
    store.texts.set("run/1", "of all tabs");
    enter("second", session);
    const other = (await claimTab(store)) ?? "";
    expect(other).not.toBe(name);
    expect(Object.fromEntries(store.texts)).toEqual({
      [`${prefixOf(name)}collection`]: "list",
      [`${prefixOf(name)}records/0`]: "piece",
      [`${prefixOf(other)}collection`]: "list",
      [`${prefixOf(other)}records/0`]: "piece",
      "run/1": "of all tabs",
    });
    // And keeps it.
    locks.close("second");
    expect(await claimTab(store)).toBe(other);
    expect(await openTabs()).toEqual(new Set([name, other]));
  });

  it("is what it was where a browser has no locks, or refuses them", async () => {
    const store = createMemoryStore();
    const refusing = { request: () => Promise.reject(new DOMException("no", "SecurityError")) };
    for (const navigator of [{}, { locks: refusing }]) {
      vi.stubGlobal("navigator", navigator);
      const name = await claimTab(store);
      expect(await claimTab(store)).toBe(name);
      expect(await openTabs()).toEqual(new Set());
    }
  });

  it("is none where a browser keeps nothing", async () => {
    vi.stubGlobal("sessionStorage", undefined);
    expect(await claimTab(createMemoryStore())).toBeUndefined();
  });
});
