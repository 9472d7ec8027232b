import { vi } from "vitest";

interface Entry {
  readonly state: unknown;
  readonly hash: string;
}

/** A tab's history and address, where there is no browser: entries as they are pushed, replaced and gone back over. */
export interface TabHistory {
  /** The hashes of all entries. */
  readonly hashes: () => readonly string[];
  /** As Back does, without its event. */
  readonly back: () => void;
}

export function stubHistory(hash = ""): TabHistory {
  let entries: Entry[] = [{ state: null, hash }];
  let at = 0;
  const hashOf = (url: string) => (url.includes("#") ? url.slice(url.indexOf("#")) : "");
  vi.stubGlobal("location", {
    pathname: "/",
    search: "",
    get hash() {
      return entries[at]?.hash;
    },
    get href() {
      return `/${entries[at]?.hash}`;
    },
  });
  vi.stubGlobal("history", {
    get state() {
      return entries[at]?.state;
    },
    pushState: (state: unknown, _: string, url: string) => {
      entries = [...entries.slice(0, at + 1), { state, hash: hashOf(url) }];
      at += 1;
    },
    replaceState: (state: unknown, _: string, url: string) => {
      entries[at] = { state, hash: hashOf(url) };
    },
  });
  return {
    hashes: () => entries.map((entry) => entry.hash),
    back: () => {
      at -= 1;
    },
  };
}
