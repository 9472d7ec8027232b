import { EMPTY_WORKSPACE, replaceSource, sourceOf, workspaceStore } from "../state/workspace.ts";
import { rememberText } from "./edit-text.ts";
import { clearRun } from "./score.ts";
import { leaveToUndo } from "./shelf.ts";

/** Empties the fields and the page. A person's own text can still be brought back. */
export function clearAll(): void {
  rememberText();
  leaveToUndo();
  clearRun();
  workspaceStore.setState(
    (state) => replaceSource(state, { ...sourceOf(EMPTY_WORKSPACE), ...state.ownCut }),
    true,
  );
}
