import { beforeEach, expect, it } from "vitest";
import { NO_RUN, runsStore } from "../state/runs.ts";
import { finishedRun, sourceWith } from "../state/testing/finished-run.ts";
import { timelineWindowStore } from "../state/timeline-window.ts";
import { chooseRange, clearRange, zoomToRange } from "./step-range.ts";
import { showAllSteps, zoomAt } from "./timeline-window.ts";

const shown = () => timelineWindowStore.getState().window;

beforeEach(() => {
  runsStore.setState(NO_RUN, true);
  const chain = Array.from({ length: 26 }, (_, index) => `${index} + 1 = ${index + 1}`).join("\n\n");
  runsStore.setState({ current: finishedRun(sourceWith(chain)) }, true);
  clearRange();
  showAllSteps();
});

it("zooms to the steps of the range and to no others, however few they are", () => {
  chooseRange({ anchor: 6, head: 2 });
  zoomToRange();
  expect(shown()).toEqual({ from: 2, to: 7 });
  chooseRange({ anchor: 4, head: 4 });
  zoomToRange();
  expect(shown()).toEqual({ from: 4, to: 5 });
});

it("zooming in on so few keeps them, and zooming out shows more", () => {
  chooseRange({ anchor: 2, head: 6 });
  zoomToRange();
  zoomAt(0.5, 4.5);
  expect(shown()).toEqual({ from: 2, to: 7 });
  zoomAt(2, 4.5);
  expect(shown()).toEqual({ from: 0, to: 10 });
});
