import { closeCollection, collectionStore } from "../state/collection.ts";
import { viewStore } from "../state/view-state.ts";
import { closeCover } from "./cover.ts";
import { keepFiles } from "./take-files.ts";

/** Puts the chains that were read away. What is in the fields stays, and so does all that was said of any of them. */
export function closeFile(): void {
  keepFiles([]);
  collectionStore.setState(closeCollection, true);
  if (viewStore.getState().cover === "records") {
    closeCover();
  }
}
