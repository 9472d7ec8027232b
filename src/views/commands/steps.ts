import { moveBadStep, moveStep, select, selectEnd } from "../../actions/navigate.ts";
import { restorePanes } from "../../actions/panes.ts";
import { togglePlayback } from "../../actions/playback.ts";
import { panesStore } from "../../state/panes.ts";
import { viewStore } from "../../state/view-state.ts";
import type { Command } from "./command.ts";
import { hasRun } from "./has-run.ts";
import { canLeaveTravel, leaveTravel } from "./travel.ts";

const isMaximised = () => panesStore.getState().maximised !== undefined;

export const STEP_COMMANDS: readonly Command[] = [
  {
    id: "next-step",
    group: "Steps",
    label: "Go to the next step",
    keys: ["j"],
    hint: "next",
    isPossible: hasRun,
    run: () => moveStep(1),
  },
  {
    id: "previous-step",
    group: "Steps",
    label: "Go to the previous step",
    keys: ["k"],
    hint: "previous",
    isPossible: hasRun,
    run: () => moveStep(-1),
  },
  {
    id: "first-step",
    group: "Steps",
    label: "Go to the first step",
    keys: ["g"],
    isPossible: hasRun,
    run: () => selectEnd("first"),
  },
  {
    id: "last-step",
    group: "Steps",
    label: "Go to the last step",
    keys: ["shift+g"],
    isPossible: hasRun,
    run: () => selectEnd("last"),
  },
  {
    id: "next-bad-step",
    group: "Steps",
    label: "Go to the next bad step",
    keys: ["n"],
    hint: "bad step",
    isPossible: hasRun,
    run: () => moveBadStep(1),
  },
  {
    id: "previous-bad-step",
    group: "Steps",
    label: "Go to the previous bad step",
    keys: ["p"],
    isPossible: hasRun,
    run: () => moveBadStep(-1),
  },
  {
    id: "unlock-step",
    group: "Steps",
    label: "Close find, clear the range, show all panes; unlock the step",
    keys: ["Escape"],
    hint: "unlock",
    isPossible: () => canLeaveTravel() || isMaximised() || viewStore.getState().selected !== undefined,
    run: () => {
      if (leaveTravel()) {
        return;
      }
      if (isMaximised()) {
        restorePanes();
      } else {
        select(undefined, "keys");
      }
    },
  },
  {
    id: "play",
    group: "Steps",
    label: "Play through the steps, or pause",
    keys: [" "],
    isPossible: hasRun,
    run: togglePlayback,
  },
];
