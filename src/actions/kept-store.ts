/** The place in this browser where what outlives a reload is kept: texts by keys. */
import { createStore, delMany, get, keys, set, type UseStore, update } from "idb-keyval";

/** Every call may reject: storage can be forbidden, full, or gone. */
export interface KeptStore {
  readonly keys: () => Promise<readonly string[]>;
  /** @returns undefined for a key that is not there, or holds no text */
  readonly get: (key: string) => Promise<string | undefined>;
  readonly set: (key: string, text: string) => Promise<void>;
  /** Sets a text by what it is, between which two no other tab sets it. */
  readonly update: (key: string, change: (text: string | undefined) => string) => Promise<void>;
  readonly remove: (keys: readonly string[]) => Promise<void>;
}

/** Opens nothing before it is used. */
export function openKeptStore(): KeptStore {
  let opened: UseStore | undefined;
  const store = () => {
    // Throws where a browser has no IndexedDB at all.
    opened ??= createStore("stepscope", "kept");
    return opened;
  };
  return {
    keys: async () => (await keys(store())).filter((key) => typeof key === "string"),
    get: async (key) => {
      const value: unknown = await get(key, store());
      return typeof value === "string" ? value : undefined;
    },
    set: async (key, text) => set(key, text, store()),
    update: async (key, change) =>
      update(key, (value: unknown) => change(typeof value === "string" ? value : undefined), store()),
    remove: async (gone) => delMany([...gone], store()),
  };
}
