/** Edits of single steps, and undo and redo of every edit. What was scored is scored again from what changed on. */
import type { StepEdit } from "../core/edit/edit-steps.ts";
import type { StepIndex } from "../core/units.ts";
import { type EditKind, editHistoryStore, recordEdit, redoEdit, undoEdit } from "../state/edit-history.ts";
import { dropGhost, runsStore } from "../state/runs.ts";
import { type Editing, viewStore } from "../state/view-state.ts";
import { isOtherText, isSameSource, type Source, sourceOf, workspaceStore } from "../state/workspace.ts";
import { writeHash } from "./address.ts";
import type { ActionContext } from "./context.ts";
import { leaveShownExample } from "./edit-text.ts";
import { select } from "./navigate.ts";
import { score } from "./score.ts";
import { ownKeptRun } from "./shelf.ts";
import { showKeptRun } from "./show-kept.ts";
import { closeEditor, draftEdit, editedSource } from "./step-draft.ts";

/**
 * Edits a step of the text in the fields.
 * @returns false when nothing came of it, which stays as it was.
 */
export function editStep(ctx: ActionContext, edit: StepEdit): boolean {
  const source = sourceOf(workspaceStore.getState());
  const edited = editedSource(source, edit);
  if (edited === undefined) {
    return false;
  }
  editHistoryStore.setState((history) => recordEdit(history, source, "steps"), true);
  put(ctx, edited.source, "steps", edited.shown);
  return true;
}

/**
 * Takes what is typed into a step's field: the person goes on elsewhere, and has not asked to lose it.
 * @returns false when nothing is typed.
 */
export function takeDraft(ctx: ActionContext): boolean {
  const edit = draftEdit();
  if (edit === undefined) {
    return false;
  }
  closeEditor();
  return editStep(ctx, edit);
}

/** The same before something is done with a step. @returns where that step is afterwards */
function takeDraftBefore(ctx: ActionContext, index: StepIndex): StepIndex {
  const edit = draftEdit();
  return takeDraft(ctx) && edit?.kind === "insert" && edit.index < index ? index + 1 : index;
}

/** An edit that is not made in the field that is open: what is typed there is taken first. */
export function editStepBeside(ctx: ActionContext, edit: StepEdit): void {
  editStep(ctx, { ...edit, index: takeDraftBefore(ctx, edit.index) });
}

/** Opens the field for a step's text in its row; what is typed into another one is taken. */
export function openEditor(ctx: ActionContext, { kind, index }: Omit<Editing, "draft">): void {
  const { editing, selected } = viewStore.getState();
  if (editing?.kind === kind && editing.index === index) {
    return;
  }
  const place = takeDraftBefore(ctx, index);
  if (selected === index) {
    select(place, "page");
  }
  viewStore.setState({ editing: { kind, index: place } });
}

/** The run is looked at by itself from now on. */
export function forgetGhost(): void {
  runsStore.setState(dropGhost, true);
}

/** Takes the last edit back. */
export function undo(ctx: ActionContext): void {
  travel(ctx, undoEdit);
}

/** Makes an edit again that was taken back. */
export function redo(ctx: ActionContext): void {
  travel(ctx, redoEdit);
}

function travel(ctx: ActionContext, go: typeof undoEdit): void {
  takeDraft(ctx);
  const moved = go(editHistoryStore.getState(), sourceOf(workspaceStore.getState()));
  if (moved !== undefined) {
    editHistoryStore.setState(moved.history, true);
    put(ctx, moved.edit.source, moved.edit.kind, viewStore.getState().selected);
  }
}

/** Shows another version of the text, as it was scored; where that is not kept and its last one was, it is now. */
function put(ctx: ActionContext, source: Source, kind: EditKind, shown: StepIndex | undefined): void {
  const { current } = runsStore.getState();
  const before = workspaceStore.getState();
  const wasShown = current !== undefined && isSameSource(current.source, before);
  workspaceStore.setState({
    ...source,
    example: source.chain === before.chain && source.problem === before.problem ? before.example : undefined,
    missing: undefined,
  });
  const kept = ownKeptRun(source);
  // Of a short chain one step may be most of the text: an edit of steps is one of the same chain all the same.
  const isOther = kind !== "steps" && isOtherText(before.chain, source.chain);
  if (kept !== undefined && showKeptRun(kept, kind === "steps")) {
    writeHash();
  } else if (current !== undefined && isOther) {
    leaveShownExample();
  } else if (wasShown) {
    void score(ctx, kind === "steps");
  }
  if (shown !== undefined) {
    select(shown, "page");
  }
}
