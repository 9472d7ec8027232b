/** Pins a run to compare others with, and shows a run that was scored before. */
import { NOTHING_PINNED, pinnedStore, referenceOf } from "../state/pinned.ts";
import { isUnderWay, type Run, runsStore } from "../state/runs.ts";
import { leaveRun, viewStore } from "../state/view-state.ts";
import { pushPlace } from "./address.ts";
import { openCover } from "./cover.ts";
import { selectVerdictStep } from "./navigate.ts";
import { putText } from "./put-text.ts";
import { abandonRun } from "./score.ts";

/** Makes the run on the screen the reference. */
export function pinRun(): void {
  const { current } = runsStore.getState();
  if (current !== undefined && !isUnderWay(current)) {
    pinnedStore.setState({ run: current });
  }
}

/** Lays the run on the screen beside that of before its edit: A while the page is open, whatever is pinned. */
export function compareWithBefore(): void {
  const before = runsStore.getState().current?.ghost;
  if (before !== undefined) {
    pinnedStore.setState({ before });
    openCover("compare");
  }
}

/** Once their page is closed, what is pinned is A again. */
export function followComparison(): void {
  viewStore.subscribe(({ cover }, previous) => {
    if (previous.cover === "compare" && cover !== "compare") {
      pinnedStore.setState({ before: undefined });
    }
  });
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
  putText(run.source, run.example);
  runsStore.setState({ current: run }, true);
  viewStore.setState(leaveRun);
  selectVerdictStep();
}

/** The reference becomes the run on the screen, and that one the reference. */
export function swapPinned(): void {
  const { current } = runsStore.getState();
  const { before } = pinnedStore.getState();
  const reference = referenceOf(pinnedStore.getState());
  if (reference !== undefined && current !== undefined && !isUnderWay(current)) {
    const { cover } = viewStore.getState();
    putRun(reference);
    viewStore.setState({ cover });
    pinnedStore.setState(before === undefined ? { run: current } : { before: current });
  }
}
