import type { ActionContext } from "../actions/context.ts";
import { takeDraft } from "../actions/edit-steps.ts";
import { score } from "../actions/score.ts";
import { isUnderWay, runsStore } from "../state/runs.ts";
import { revealMain } from "./reveal-main.ts";

/** Scores, and brings into view where the result appears; a Score that was refused stays at what is missing. */
export function startScore(ctx: ActionContext): void {
  takeDraft(ctx);
  void score(ctx);
  if (isUnderWay(runsStore.getState().current)) {
    revealMain();
  }
}
