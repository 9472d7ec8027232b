import { EMPTY_WORKSPACE, sourceOf, workspaceStore } from "../state/workspace.ts";
import { putText } from "./put-text.ts";
import { clearRun } from "./score.ts";
import { leaveToUndo } from "./shelf.ts";
import { settleDraft } from "./step-draft.ts";

/** Empties the fields and the page. A person's own text can still be brought back. */
export function clearAll(): void {
  settleDraft();
  leaveToUndo();
  clearRun();
  putText({ ...sourceOf(EMPTY_WORKSPACE), ...workspaceStore.getState().ownCut });
}
