import { type EditKind, editHistoryStore, endTyping, recordEdit } from "../state/edit-history.ts";
import { runsStore } from "../state/runs.ts";
import {
  editSource,
  isOtherText,
  isSameSource,
  type Source,
  sourceOf,
  workspaceStore,
} from "../state/workspace.ts";
import { clearRun } from "./score.ts";

/** An example's scores belong to its text: another chain in its place begins anew, with the preview. */
export function leaveShownExample(): void {
  if (runsStore.getState().current?.example !== undefined) {
    clearRun();
  }
}

/**
 * The text is about to be replaced as a whole: undo brings it back.
 * @param next What takes its place; where it is the same text nothing is to be taken back.
 */
export function rememberText(next?: Source): void {
  const before = sourceOf(workspaceStore.getState());
  const isSame = next !== undefined && isSameSource(before, next);
  if (!isSame && (before.problem !== "" || before.chain !== "")) {
    editHistoryStore.setState((history) => recordEdit(history, before, "other"), true);
  }
}

/** A text that takes the place of another is no letter typed: undo brings the other back. */
function kindOf(before: Source, { problem, chain }: Partial<Source>): EditKind {
  if (problem !== undefined) {
    return isOtherText(before.problem, problem) ? "other" : "problem";
  }
  if (chain !== undefined) {
    return isOtherText(before.chain, chain) ? "other" : "chain";
  }
  return "rule";
}

/** A person's edit of the fields. */
export function editText(change: Partial<Source>): void {
  const before = sourceOf(workspaceStore.getState());
  const kind = kindOf(before, change);
  editHistoryStore.setState((history) => recordEdit(history, before, kind), true);
  workspaceStore.setState((state) => editSource(state, change), true);
  if (change.chain !== undefined && isOtherText(before.chain, change.chain)) {
    leaveShownExample();
  }
}

/** The person is somewhere else now: what is typed next is another edit. */
export function leaveField(): void {
  editHistoryStore.setState(endTyping, true);
}
