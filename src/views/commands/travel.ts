import { canFind, endFind, openFind } from "../../actions/find.ts";
import { clearRange, extendByStep, zoomToRange } from "../../actions/step-range.ts";
import { showAllSteps, zoomByKey } from "../../actions/timeline-window.ts";
import { findStore } from "../../state/find.ts";
import { stepRangeStore } from "../../state/step-range.ts";
import { timelineWindowStore } from "../../state/timeline-window.ts";
import type { Command } from "./command.ts";
import { hasRun } from "./has-run.ts";

const hasRange = () => stepRangeStore.getState().range !== undefined;
const isFinding = () => findStore.getState().isOpen;
/** A second time the keys of the browser's own find open that. */
const isInFind = () => document.activeElement?.closest("search") !== null;

/** Ways over long chains. */
export const TRAVEL_COMMANDS: readonly Command[] = [
  {
    id: "find",
    group: "Steps",
    label: "Find in the steps",
    keys: ["/"],
    hint: "find",
    isPossible: canFind,
    run: openFind,
  },
  {
    id: "find-anywhere",
    group: "Steps",
    label: "Find in the steps, not in the page",
    keys: ["mod+f"],
    worksInFields: true,
    sharesKeys: true,
    isPossible: () => canFind() && !isInFind(),
    run: openFind,
  },
  {
    id: "extend-down",
    group: "Steps",
    label: "Take the next step into the range",
    keys: ["shift+j"],
    isPossible: hasRun,
    run: () => extendByStep(1),
  },
  {
    id: "extend-up",
    group: "Steps",
    label: "Take the previous step into the range",
    keys: ["shift+k"],
    isPossible: hasRun,
    run: () => extendByStep(-1),
  },
  {
    id: "zoom-in",
    group: "Timeline",
    label: "Zoom in on the selected step",
    keys: ["+", "="],
    isPossible: hasRun,
    run: () => zoomByKey(1),
  },
  {
    id: "zoom-out",
    group: "Timeline",
    label: "Zoom out",
    keys: ["-"],
    isPossible: () => timelineWindowStore.getState().window !== undefined,
    run: () => zoomByKey(-1),
  },
  {
    id: "zoom-all",
    group: "Timeline",
    label: "Show all steps on the timeline",
    keys: ["0"],
    isPossible: () => timelineWindowStore.getState().window !== undefined,
    run: showAllSteps,
  },
  {
    id: "zoom-range",
    group: "Timeline",
    label: "Zoom to the range of steps",
    keys: [],
    isPossible: hasRange,
    run: zoomToRange,
  },
];

/** Takes away what was opened last over the steps: find, then a range. */
export function leaveTravel(): boolean {
  if (isFinding()) {
    endFind(true);
    return true;
  }
  return clearRange();
}

export function canLeaveTravel(): boolean {
  return isFinding() || hasRange();
}
