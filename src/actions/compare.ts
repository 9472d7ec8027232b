/** Pins a run to compare others with, and shows a run that was scored before. */
import { NOTHING_PINNED, pinnedStore } from "../state/pinned.ts";
import { isUnderWay, type Run, runsStore } from "../state/runs.ts";
import { leaveRun, viewStore } from "../state/view-state.ts";
import { replaceSource, workspaceStore } from "../state/workspace.ts";
import { pushPlace } from "./address.ts";
import { openCover } from "./cover.ts";
import { rememberText } from "./edit-text.ts";
import { selectVerdictStep } from "./navigate.ts";
import { abandonRun } from "./score.ts";

/** Makes the run on the screen the reference. */
export function pinRun(): void {
  const { current } = runsStore.getState();
  if (current !== undefined && !isUnderWay(current)) {
    pinnedStore.setState({ run: current }, true);
  }
}

/** Lays the run on the screen beside that of before its edit, which becomes the reference. */
export function compareWithBefore(): void {
  const before = runsStore.getState().current?.ghost;
  if (before !== undefined) {
    pinnedStore.setState({ run: before }, true);
    openCover("compare");
  }
}

export function unpin(): void {
  pinnedStore.setState(NOTHING_PINNED, true);
  viewStore.setState((state) => (state.cover === "compare" ? { cover: undefined } : {}));
}

/** Puts a scored run on the screen and its text into the fields, a place of its own; nothing is scored again. */
export function showRun(run: Run): void {
  putRun(run);
  pushPlace();
}

function putRun(run: Run): void {
  abandonRun();
  rememberText(run.source);
  workspaceStore.setState((state) => replaceSource(state, run.source, run.example), true);
  runsStore.setState({ current: run }, true);
  viewStore.setState(leaveRun);
  selectVerdictStep();
}

/** The reference becomes the run on the screen, and that one the reference. */
export function swapPinned(): void {
  const { current } = runsStore.getState();
  const { run } = pinnedStore.getState();
  if (run !== undefined && current !== undefined && !isUnderWay(current)) {
    const { cover } = viewStore.getState();
    pinnedStore.setState({ run: current }, true);
    putRun(run);
    viewStore.setState({ cover });
  }
}
