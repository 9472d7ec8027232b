import { clearAll } from "../../actions/clear-all.ts";
import { pinRun } from "../../actions/compare.ts";
import { closeCover } from "../../actions/cover.ts";
import { closeOverlay, openOverlay } from "../../actions/overlay.ts";
import { isPageThere, openPage } from "../../actions/pages.ts";
import { maximise } from "../../actions/panes.ts";
import { stopScoring } from "../../actions/score.ts";
import { setTheme } from "../../actions/theme.ts";
import { openTour } from "../../actions/tour.ts";
import type { Cover } from "../../state/cover.ts";
import { isUnderWay, runsStore } from "../../state/runs.ts";
import { isSameSource, workspaceStore } from "../../state/workspace.ts";
import { revealMain } from "../reveal-main.ts";
import { startScore } from "../start-score.ts";
import type { Command } from "./command.ts";
import { hasRun } from "./has-run.ts";

function page(id: string, label: string, open: Command["run"], isPossible?: () => boolean): Command {
  return {
    id,
    group: "Page",
    label,
    keys: [],
    ...(isPossible === undefined ? {} : { isPossible }),
    run: (ctx) => {
      open(ctx);
      revealMain();
    },
  };
}

function cover(name: Cover, label: string): Command {
  return page(
    `open-${name}`,
    label,
    (ctx) => openPage(ctx, name),
    () => isPageThere(name),
  );
}

const isRunning = () => isUnderWay(runsStore.getState().current);

/** What is being scored is not what stands in the fields any more. */
function isOutrun(): boolean {
  const { current } = runsStore.getState();
  return current !== undefined && !isSameSource(current.source, workspaceStore.getState());
}

export const PAGE_COMMANDS: readonly Command[] = [
  {
    id: "score",
    group: "Page",
    label: "Score",
    keys: ["mod+Enter"],
    worksInFields: true,
    isPossible: () => !isRunning() || isOutrun(),
    run: startScore,
  },
  { id: "stop", group: "Page", label: "Stop scoring", keys: [], isPossible: isRunning, run: stopScoring },
  {
    id: "palette",
    group: "Page",
    label: "Find a command",
    keys: ["mod+k", "mod+shift+p"],
    worksInFields: true,
    run: () => openOverlay("palette"),
  },
  { id: "keys", group: "Page", label: "Show all keys", keys: ["?"], run: () => openOverlay("keys") },
  {
    id: "maximise-timeline",
    group: "Page",
    label: "Maximise the timeline, or show all panes",
    keys: ["1"],
    isPossible: hasRun,
    run: () => maximise("timeline"),
  },
  {
    id: "maximise-steps",
    group: "Page",
    label: "Maximise the steps, or show all panes",
    keys: ["2"],
    isPossible: hasRun,
    run: () => maximise("steps"),
  },
  {
    id: "maximise-detail",
    group: "Page",
    label: "Maximise the step’s detail, or show all panes",
    keys: ["3"],
    isPossible: hasRun,
    run: () => maximise("detail"),
  },
  page("open-inspector", "Show the inspector", closeCover, () => workspaceStore.getState().chain !== ""),
  cover("examples", "Show the examples"),
  cover("records", "Show the chains that were read"),
  cover("candidates", "Compare candidates (best of N)"),
  cover("models", "Show the models"),
  cover("compare", "Compare with the pinned chain"),
  page("pin", "Pin this chain to compare others with", pinRun, () => hasRun() && !isRunning()),
  page("clear", "Clear the fields and the result", clearAll, () => workspaceStore.getState().chain !== ""),
  {
    id: "tour",
    group: "Page",
    label: "Take the tour",
    keys: [],
    run: () => {
      closeOverlay();
      openTour();
    },
  },
  page("theme-system", "Theme: as the system", () => setTheme("system")),
  page("theme-light", "Theme: light", () => setTheme("light")),
  page("theme-dark", "Theme: dark", () => setTheme("dark")),
  page("theme-contrast", "Theme: high contrast", () => setTheme("contrast")),
];
