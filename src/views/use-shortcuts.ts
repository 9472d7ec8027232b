import { useEffect } from "react";
import type { ActionContext } from "../actions/context.ts";
import { moveBadStep, moveStep, select } from "../actions/navigate.ts";
import { goToDisagreement, goToWrong } from "../actions/read-chain.ts";
import { isUnderWay, runsStore } from "../state/runs.ts";
import { READING_KEYS } from "./reading-keys.ts";
import { startScore } from "./start-score.ts";

/** The keys, in one table: what they do is bound below and shown from the same words. */
export const SHORTCUTS = [
  { keys: ["j", "k"], words: "step" },
  { keys: ["n", "p"], words: "bad step" },
  { keys: ["Esc"], words: "unlock" },
] as const;

const ACTIONS: Readonly<Record<string, () => void>> = {
  j: () => moveStep(1),
  k: () => moveStep(-1),
  n: () => moveBadStep(1),
  p: () => moveBadStep(-1),
  Escape: () => select(undefined, "keys"),
  [READING_KEYS.drop]: () => goToWrong("drop", "keys"),
  [READING_KEYS["no-return"]]: () => goToWrong("no-return", "keys"),
  [READING_KEYS.recovered]: () => goToWrong("recovered", "keys"),
  [READING_KEYS.disagreement]: () => goToDisagreement("keys"),
};

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
      const isTyping = event.target instanceof Element && event.target.closest(TYPED) !== null;
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      const act = ACTIONS[event.key];
      if (act !== undefined) {
        event.preventDefault();
        act();
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [ctx]);
}
