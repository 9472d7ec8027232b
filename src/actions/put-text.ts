/** Puts a text in the fields that nobody typed there: a person's own one can be brought back from under it. */
import { candidatesStore } from "../state/candidates.ts";
import { collectionStore, isTaken } from "../state/collection.ts";
import {
  type Example,
  isSameSource,
  replaceSource,
  restoreSource,
  type Source,
  sourceOf,
  workspaceStore,
} from "../state/workspace.ts";
import { leaveShownExample, rememberText } from "./edit-text.ts";
import { showKeptRun } from "./show-kept.ts";
import { settleDraft } from "./step-draft.ts";

/** Whether somebody wrote or changed what is in the fields: an example, a record or a candidate is elsewhere still. */
function isOwnText(): boolean {
  const workspace = workspaceStore.getState();
  const source = sourceOf(workspace);
  return (
    workspace.example === undefined &&
    !isTaken(collectionStore.getState(), source) &&
    !candidatesStore.getState().all.some(({ run }) => isSameSource(run.source, source))
  );
}

/** Undo, and a click where it was a person's own, bring back what was there. */
export function putText(source: Source, example?: Example): void {
  settleDraft();
  const isOwn = isOwnText();
  rememberText(source);
  workspaceStore.setState((state) => replaceSource(state, source, { example, isOwn }), true);
}

/** Brings back the text that an example, a record or a clearing replaced; what was typed since takes its place. */
export function bringBackText(): void {
  if (workspaceStore.getState().replaced === undefined) {
    return;
  }
  settleDraft();
  const isOwn = isOwnText();
  rememberText();
  workspaceStore.setState((state) => restoreSource(state, isOwn), true);
  if (!showKeptRun()) {
    leaveShownExample();
  }
}
