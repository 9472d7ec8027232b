/** The address, where a place is written down, and the tab's history of places. */
import { galleryStore } from "../state/gallery.ts";
import { formatHash, type Place, parseHash } from "../state/location-hash.ts";
import { runsStore } from "../state/runs.ts";
import { viewStore } from "../state/view-state.ts";

/** Browsers limit how often the address may change; a slider would run into that. */
const HASH_DELAY_MS = 200;
/** Entries of an earlier life of the page, before a reload, are told from those of this one. */
const LIFE = Math.random().toString(36).slice(2);

let timer: ReturnType<typeof setTimeout> | undefined;
/** What waits to be written; `earlier` is from before the task at hand, which may belong to another place. */
let waiting: string | undefined;
let earlier: string | undefined;
let isSameTask = false;
/** While the page starts, what the address names may not be there yet. */
let isHeld = false;
let entryCount = 0;

function newEntry(): { readonly entry: string } {
  entryCount += 1;
  return { entry: `${LIFE}-${entryCount}` };
}

/** The entry of the history that the tab is at; undefined for one that this page has not written. */
export function currentEntry(): string | undefined {
  const state: unknown = history.state;
  return typeof state === "object" && state !== null && "entry" in state && typeof state.entry === "string"
    ? state.entry
    : undefined;
}

export function readPlace(): Place {
  return parseHash(location.hash);
}

/** Whether neither a run is on the screen nor an example on its way there. */
export function isScreenFree(): boolean {
  return runsStore.getState().current === undefined && readPlace().example === undefined;
}

function currentHash(): string {
  const view = viewStore.getState();
  const run = runsStore.getState().current;
  // An example that could not be fetched is asked for again by the next reload.
  const asked =
    run === undefined && galleryStore.getState().kind !== "ready" ? readPlace().example : undefined;
  return formatHash({
    example: run?.example?.id ?? asked,
    step: view.selected,
    threshold: view.threshold,
    aggregate: view.aggregate,
    page: view.cover,
  });
}

function write(change: "pushState" | "replaceState", hash: string): void {
  waiting = undefined;
  earlier = undefined;
  if (hash !== location.hash && !(isHeld && change === "replaceState")) {
    const state: unknown = change === "pushState" ? newEntry() : (history.state ?? newEntry());
    history[change](state, "", `${location.pathname}${location.search}${hash}`);
  }
}

/** Writes the place into the address, soon. */
export function writeHash(): void {
  clearTimeout(timer);
  if (!isSameTask) {
    earlier = waiting;
    isSameTask = true;
    setTimeout(() => {
      isSameTask = false;
    });
  }
  waiting = currentHash();
  // A reload must not bring an example over the text that has taken its place.
  const isOtherText = parseHash(waiting).example !== readPlace().example;
  timer = setTimeout(() => write("replaceState", currentHash()), isOtherText ? 0 : HASH_DELAY_MS);
}

/** Gives the new place an entry of its own in the history, so Back returns from it to where one was. */
export function pushPlace(): void {
  clearTimeout(timer);
  const before = isSameTask ? earlier : waiting;
  if (before !== undefined) {
    write("replaceState", before);
  }
  write("pushState", currentHash());
}

/** Lets the address say where the page is in place of where it was to go. */
export function replacePlace(): void {
  clearTimeout(timer);
  write("replaceState", currentHash());
}

/** The address stays as it is, but for a new place. */
export function holdPlace(): void {
  isHeld = true;
}

/** The page has found what its address names, or will not. */
export function releasePlace(): void {
  isHeld = false;
  replacePlace();
}

/** Gives the entry that the tab is at a name, if it has none. */
export function nameEntry(): void {
  if (currentEntry() === undefined) {
    history.replaceState(newEntry(), "", location.href);
  }
}
