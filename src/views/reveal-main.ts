/** Narrower than Tailwind's xl, from which on input and result stand side by side. */
export function isOneColumn(): boolean {
  return matchMedia("(width < 80rem)").matches;
}

/** Where the page is one column, the result is below the fold: brings it into view, once it is drawn. */
export function revealMain(): void {
  if (isOneColumn()) {
    requestAnimationFrame(() => document.querySelector("main")?.scrollIntoView({ block: "start" }));
  }
}
