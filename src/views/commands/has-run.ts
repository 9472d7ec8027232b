import { runsStore } from "../../state/runs.ts";

/** Whether there is a run to move in. */
export function hasRun(): boolean {
  return runsStore.getState().current !== undefined;
}
