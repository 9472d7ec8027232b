import { useEffect } from "react";
import type { ActionContext } from "../actions/context.ts";
import { editStep, openEditor, redo, undo } from "../actions/edit-steps.ts";
import { endFind, openFind } from "../actions/find.ts";
import { moveBadStep, moveStep, select } from "../actions/navigate.ts";
import { goToDisagreement, goToWrong } from "../actions/read-chain.ts";
import { clearRange, extendByStep } from "../actions/step-range.ts";
import { showAllSteps, zoomByKey } from "../actions/timeline-window.ts";
import type { StepIndex } from "../core/units.ts";
import { findStore } from "../state/find.ts";
import { isUnderWay, runsStore } from "../state/runs.ts";
import { viewStore } from "../state/view-state.ts";
import { isSameSource, workspaceStore } from "../state/workspace.ts";
import { READING_KEYS } from "./reading-keys.ts";
import { startScore } from "./start-score.ts";

/** The keys, in one table: what they do is bound below and shown from the same words. */
export const SHORTCUTS = [
  { keys: ["j", "k"], words: "step" },
  { keys: ["n", "p"], words: "bad step" },
  { keys: ["/"], words: "find" },
  { keys: ["+", "−", "0"], words: "zoom" },
  { keys: ["e"], words: "edit" },
  { keys: ["Esc"], words: "unlock" },
] as const;

const ACTIONS: Readonly<Record<string, (ctx: ActionContext) => void>> = {
  j: () => moveStep(1),
  k: () => moveStep(-1),
  n: () => moveBadStep(1),
  p: () => moveBadStep(-1),
  "/": () => openFind(),
  J: () => extendByStep(1),
  K: () => extendByStep(-1),
  "+": () => zoomByKey(1),
  "=": () => zoomByKey(1),
  "-": () => zoomByKey(-1),
  "0": () => showAllSteps(),
  Escape: leave,
  e: () => editSelected((index) => openEditor({ kind: "edit", index })),
  i: () => editSelected((index) => openEditor({ kind: "insert", index })),
  m: (ctx) => editSelected((index) => editStep(ctx, { kind: "merge", index })),
  Delete: (ctx) => editSelected((index) => editStep(ctx, { kind: "delete", index })),
  [READING_KEYS.drop]: () => goToWrong("drop", "keys"),
  [READING_KEYS["no-return"]]: () => goToWrong("no-return", "keys"),
  [READING_KEYS.recovered]: () => goToWrong("recovered", "keys"),
  [READING_KEYS.disagreement]: () => goToDisagreement("keys"),
};

/** Takes away what was opened last; at the end the lock. */
function leave(): void {
  if (findStore.getState().isOpen) {
    endFind(true);
  } else if (!clearRange()) {
    select(undefined, "keys");
  }
}

/** With Alt. */
const MOVES: Readonly<Record<string, 1 | -1>> = { ArrowUp: -1, ArrowDown: 1 };

/** Steps are edited where the text that is shown is the text in the fields. */
function editSelected(edit: (index: StepIndex) => void): void {
  const { selected } = viewStore.getState();
  const { current } = runsStore.getState();
  const isShown = current === undefined || isSameSource(current.source, workspaceStore.getState());
  if (selected !== undefined && isShown) {
    edit(selected);
  }
}

/** Undo and redo of the page's own edits; in a field they are the browser's. */
function travel(ctx: ActionContext, event: KeyboardEvent): boolean {
  const key = event.key.toLowerCase();
  const isUndo = key === "z" && !event.shiftKey;
  const isRedo = (key === "z" && event.shiftKey) || key === "y";
  if (isUndo) {
    undo(ctx);
  } else if (isRedo) {
    redo(ctx);
  }
  return isUndo || isRedo;
}

/** Inputs that letters are typed into; a slider or a switch does not count. */
const TYPED = "textarea, select, [contenteditable], input:not([type=range], [type=checkbox])";

export function useShortcuts(ctx: ActionContext): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        if (!isUnderWay(runsStore.getState().current)) {
          startScore(ctx);
        }
        return;
      }
      const isFind =
        event.key === "f" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      const isInFind = event.target instanceof Element && event.target.closest("search") !== null;
      // A second time it is the browser's own.
      if (isFind && !isInFind && openFind()) {
        event.preventDefault();
        return;
      }
      const isTyping = event.target instanceof Element && event.target.closest(TYPED) !== null;
      if (isTyping) {
        return;
      }
      if ((event.ctrlKey || event.metaKey) && !event.altKey) {
        if (travel(ctx, event)) {
          event.preventDefault();
        }
        return;
      }
      const by = event.altKey ? MOVES[event.key] : undefined;
      if (by !== undefined) {
        event.preventDefault();
        editSelected((index) => editStep(ctx, { kind: "move", index, by }));
      }
      if (event.altKey || event.ctrlKey || event.metaKey) {
        return;
      }
      const act = ACTIONS[event.key];
      if (act !== undefined) {
        event.preventDefault();
        act(ctx);
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [ctx]);
}
