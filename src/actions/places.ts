/** What the page showed at each entry of the tab's history, while the page lives: Back and Forward show it again. */
import { isUnderWay, type Run, runsStore } from "../state/runs.ts";
import { leaveRun, viewStore } from "../state/view-state.ts";
import { isSameSource, sourceOf, type Workspace, workspaceStore } from "../state/workspace.ts";
import { currentEntry, nameEntry } from "./address.ts";
import { putText } from "./put-text.ts";
import { abandonRun } from "./score.ts";

interface Shown {
  readonly workspace: Workspace;
  readonly run: Run | undefined;
}

/** Places further back are found by their address alone. */
const MOST_PLACES = 50;

const places = new Map<string, Shown>();
let isDue = false;

function remember(): void {
  const entry = currentEntry();
  isDue = false;
  if (entry !== undefined) {
    places.delete(entry);
    places.set(entry, { workspace: workspaceStore.getState(), run: runsStore.getState().current });
    for (const [oldest] of places) {
      if (places.size <= MOST_PLACES) {
        break;
      }
      places.delete(oldest);
    }
  }
}

/** From now on the page knows what it showed where. */
export function followPlaces(): void {
  nameEntry();
  // Not before the task at hand is done: it may go on to another place.
  const soon = () => {
    if (!isDue) {
      isDue = true;
      setTimeout(remember);
    }
  };
  workspaceStore.subscribe(soon);
  runsStore.subscribe(soon);
  soon();
}

/**
 * Shows what was shown at the entry that the tab has come to.
 * @returns false where that is not known, or its text is on the page
 */
export function showRemembered(): boolean {
  const entry = currentEntry();
  const shown = entry === undefined ? undefined : places.get(entry);
  const now = workspaceStore.getState();
  if (shown === undefined || isSameSource(shown.workspace, now)) {
    return false;
  }
  const source = sourceOf(shown.workspace);
  abandonRun();
  putText(source, shown.workspace.example);
  workspaceStore.setState((state) => {
    const isBack = state.replaced !== undefined && isSameSource(state.replaced, source);
    return isBack ? { ...state, replaced: undefined } : state;
  }, true);
  runsStore.setState({ current: shown.run && settled(shown.run) }, true);
  viewStore.setState(leaveRun);
  return true;
}

/** A run that was under way when its place was left goes on by itself no more. */
function settled(run: Run): Run {
  return isUnderWay(run) ? { ...run, status: "stopped" } : run;
}
