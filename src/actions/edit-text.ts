import { runsStore } from "../state/runs.ts";
import { editSource, isOtherText, restoreSource, type Source, workspaceStore } from "../state/workspace.ts";
import { clearRun } from "./score.ts";

/** An example's scores belong to its text: another chain in its place begins anew, with the preview. */
export function leaveShownExample(): void {
  if (runsStore.getState().current?.example !== undefined) {
    clearRun();
  }
}

/** A person's edit of the fields. */
export function editText(change: Partial<Source>): void {
  const { chain } = workspaceStore.getState();
  workspaceStore.setState((state) => editSource(state, change), true);
  if (change.chain !== undefined && isOtherText(chain, change.chain)) {
    leaveShownExample();
  }
}

/** Brings back the text that an example or a drop replaced. */
export function bringBackText(): void {
  workspaceStore.setState(restoreSource, true);
  leaveShownExample();
}
