import { viewStore } from "../state/view-state.ts";

/** Narrower than Tailwind's xl, from which on input and result stand side by side. */
export function isOneColumn(): boolean {
  return matchMedia("(width < 80rem)").matches;
}

/** The same for the list of chains that a reading opened; a single chain shows in the fields. */
export function revealRecords(): void {
  if (viewStore.getState().cover === "records") {
    revealMain();
  }
}

/** Where the page is one column, the result is below the fold: brings it into view, once it is drawn. */
export function revealMain(): void {
  if (isOneColumn()) {
    requestAnimationFrame(() => document.querySelector("main")?.scrollIntoView({ block: "start" }));
  }
}
