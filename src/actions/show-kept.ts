/** Shows a run that was kept, with its text; nothing is scored again. */
import { type Run, runsStore, showKept } from "../state/runs.ts";
import { shelfStore, touchSource } from "../state/shelf.ts";
import { leaveRun, viewStore } from "../state/view-state.ts";
import { isSameSource, type Source, sourceOf, workspaceStore } from "../state/workspace.ts";
import { selectVerdictStep } from "./navigate.ts";
import { abandonRun } from "./score.ts";
import { keptRun, unfinishedRun } from "./shelf.ts";

function keptOf(source: Source): Run | undefined {
  return keptRun(source) ?? unfinishedRun(source);
}

/**
 * Shows the kept run of the text in the fields.
 * @param run Absent: by the model that would score now or else by another; a part of one where that is all there is.
 * @param isStepEdit Whether its steps are an edit of those on the screen.
 * @returns false when there is none, or it is on the screen
 */
export function showKeptRun(
  run: Run | undefined = keptOf(sourceOf(workspaceStore.getState())),
  isStepEdit = false,
): boolean {
  const { current } = runsStore.getState();
  if (run === undefined || (current !== undefined && isSameSource(current.source, run.source))) {
    return false;
  }
  abandonRun();
  shelfStore.setState((shelf) => touchSource(shelf, run.source), true);
  runsStore.setState((state) => showKept(state, run, isStepEdit), true);
  viewStore.setState(leaveRun);
  selectVerdictStep();
  return true;
}
