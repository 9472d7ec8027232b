/** Where the page is one column, the result is below the fold: brings it into view. */
export function revealMain(): void {
  // Narrower than Tailwind's xl, from which on both columns are always in view.
  if (matchMedia("(width < 80rem)").matches) {
    document.querySelector("main")?.scrollIntoView({ block: "start" });
  }
}
