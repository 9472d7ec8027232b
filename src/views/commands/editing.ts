import type { ActionContext } from "../../actions/context.ts";
import { editStepBeside, openEditor, redo, undo } from "../../actions/edit-steps.ts";
import { canEdit, type StepEdit } from "../../core/edit/edit-steps.ts";
import { segmentTrace } from "../../core/segment/index.ts";
import type { Trace } from "../../core/trace.ts";
import type { StepIndex } from "../../core/units.ts";
import { editHistoryStore } from "../../state/edit-history.ts";
import { runsStore } from "../../state/runs.ts";
import { viewStore } from "../../state/view-state.ts";
import { isSameSource, workspaceStore } from "../../state/workspace.ts";
import type { Command } from "./command.ts";

/** Steps are edited where the text that is shown is the text in the fields. */
function canEditSelected(): boolean {
  const { current } = runsStore.getState();
  const isShown = current === undefined || isSameSource(current.source, workspaceStore.getState());
  return isShown && viewStore.getState().selected !== undefined;
}

/** The steps that are shown: those of the run, or those that the text would be cut into. */
function shownTrace(): Trace {
  return runsStore.getState().current?.trace ?? segmentTrace(workspaceStore.getState());
}

function onSelected(id: string, label: string, key: string, edit: (index: StepIndex) => StepEdit): Command {
  return {
    id,
    group: "Editing",
    label,
    keys: [key],
    isPossible: () => {
      const { selected } = viewStore.getState();
      return canEditSelected() && selected !== undefined && canEdit(shownTrace(), edit(selected));
    },
    run: (ctx: ActionContext) => {
      const { selected } = viewStore.getState();
      if (selected !== undefined) {
        editStepBeside(ctx, edit(selected));
      }
    },
  };
}

function inEditor(id: string, label: string, key: string, kind: "edit" | "insert"): Command {
  return {
    id,
    group: "Editing",
    label,
    keys: [key],
    ...(kind === "edit" ? { hint: "edit" } : {}),
    isPossible: canEditSelected,
    run: (ctx: ActionContext) => {
      const { selected: index } = viewStore.getState();
      if (index !== undefined) {
        openEditor(ctx, { kind, index });
      }
    },
  };
}

export const EDITING_COMMANDS: readonly Command[] = [
  inEditor("edit-step", "Edit or split the step", "e", "edit"),
  inEditor("insert-step", "Insert a step below", "i", "insert"),
  onSelected("merge-step", "Merge the step with the next", "m", (index) => ({ kind: "merge", index })),
  onSelected("move-step-up", "Move the step up", "alt+ArrowUp", (index) => ({ kind: "move", index, by: -1 })),
  onSelected("move-step-down", "Move the step down", "alt+ArrowDown", (index) => ({
    kind: "move",
    index,
    by: 1,
  })),
  onSelected("delete-step", "Delete the step", "Delete", (index) => ({ kind: "delete", index })),
  {
    id: "undo",
    group: "Editing",
    label: "Undo the last edit",
    keys: ["mod+z"],
    isPossible: () => editHistoryStore.getState().past.length > 0,
    run: undo,
  },
  {
    id: "redo",
    group: "Editing",
    label: "Make the edit again",
    keys: ["mod+shift+z", "mod+y"],
    isPossible: () => editHistoryStore.getState().future.length > 0,
    run: redo,
  },
];
