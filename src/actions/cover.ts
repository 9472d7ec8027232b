/** Pages over the run; those that have to be made ready first have verbs of their own. */
import type { Cover } from "../state/cover.ts";
import { viewStore } from "../state/view-state.ts";

export function openCover(cover: Cover): void {
  viewStore.setState({ cover });
}

/** Shows what was covered. */
export function closeCover(): void {
  viewStore.setState({ cover: undefined });
}
