import type { KeptStore } from "../kept-store.ts";

/** A browser's storage in memory; `texts` is what it holds. */
export function createMemoryStore(texts = new Map<string, string>()): KeptStore & {
  readonly texts: Map<string, string>;
} {
  return {
    texts,
    keys: async () => [...texts.keys()],
    get: async (key) => texts.get(key),
    set: async (key, text) => {
      texts.set(key, text);
    },
    update: async (key, change) => {
      texts.set(key, change(texts.get(key)));
    },
    remove: async (keys) => {
      for (const key of keys) {
        texts.delete(key);
      }
    },
  };
}
