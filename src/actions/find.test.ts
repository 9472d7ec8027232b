import { beforeEach, expect, it, vi } from "vitest";
import { findSteps } from "../core/find/match.ts";
import { segmentTrace } from "../core/segment/index.ts";
import { tagSteps } from "../core/step-tags.ts";
import type { StepScore } from "../core/trace.ts";
import { engineStore, idle } from "../state/engine-status.ts";
import { findInRun, findStore } from "../state/find.ts";
import { inspectRun } from "../state/inspection.ts";
import { readRun, readText } from "../state/reading.ts";
import { addScores, beginScoring, NO_RUN, runsStore, startRun } from "../state/runs.ts";
import { correctionsOf, tagCorrectionsStore } from "../state/tag-corrections.ts";
import { INITIAL_VIEW, viewStore } from "../state/view-state.ts";
import { moveHit } from "./find.ts";
import { inspectCurrent, moveBadStep, moveStep, readCurrent } from "./navigate.ts";
import { setTag } from "./read-chain.ts";
import { stubPage } from "./testing/page.ts";

vi.mock(import("../core/find/match.ts"), async (original) => {
  const match = await original();
  return { ...match, findSteps: vi.fn(match.findSteps) };
});
vi.mock(import("../core/step-tags.ts"), async (original) => {
  const tags = await original();
  return { ...tags, tagSteps: vi.fn(tags.tagSteps) };
});

const COUNT = 12;
const SOURCE = {
  problem: "Count.",
  chain: Array.from({ length: COUNT }, (_, index) => `${index} + 1 = ${index + 1}`).join("\n\n"),
  strategy: "blank-line",
  delimiter: "",
  own: [],
} as const;

/** Scores steps on. */
function addScore(index: number, reward: number): void {
  const score: StepScore = { index, reward, read: { tokens: [0, 1], positions: [], logits: [] } };
  runsStore.setState((state) => addScores(state, { steps: [score], tokensDone: 1, tokensTotal: 2 }, 0));
}

/** What the inspector makes of the run; see `views/inspector.tsx`. */
function asViewsDo() {
  const run = runsStore.getState().current;
  if (run === undefined) {
    throw new Error("no run");
  }
  const inspection = inspectRun(run, viewStore.getState().threshold ?? run.threshold);
  const corrections = correctionsOf(tagCorrectionsStore.getState(), run.trace);
  return { run, inspection, reading: readRun(run, inspection, readText(run.trace), corrections, undefined) };
}

beforeEach(() => {
  stubPage();
  engineStore.setState(idle("m"), true);
  viewStore.setState(INITIAL_VIEW, true);
  tagCorrectionsStore.setState(new Map(), true);
  runsStore.setState(NO_RUN, true);
  runsStore.setState((state) => startRun(state, SOURCE, segmentTrace(SOURCE), "m"), true);
  runsStore.setState((state) => beginScoring(state, { protocol: "stepscope-prm", threshold: 0.5 }), true);
  for (let index = 0; index < COUNT; index += 1) {
    addScore(index, index % 3 === 0 ? 0.2 : 0.9);
  }
});

it("looks through the steps once, however often one goes to a hit or to another step", () => {
  findStore.setState({ isOpen: true, query: "= 1" });
  const { run, inspection, reading } = asViewsDo();
  vi.mocked(findSteps).mockClear();
  const shown = findInRun(findStore.getState(), run, inspection, reading);
  viewStore.setState({ stepOrder: "disagreement" });
  vi.mocked(tagSteps).mockClear();
  for (let press = 0; press < 5; press += 1) {
    moveHit(1);
    moveStep(1);
    moveBadStep(1);
  }
  expect(viewStore.getState().selected).toBeDefined();
  expect(findSteps).toHaveBeenCalledTimes(1);
  expect(tagSteps).not.toHaveBeenCalled();
  // Nor do the views look again for what has not changed.
  const again = asViewsDo();
  expect(findInRun(findStore.getState(), again.run, again.inspection, again.reading)).toBe(shown);
});

it("reads the run as the views do, and once", () => {
  const { inspection, reading } = asViewsDo();
  expect(inspectCurrent()).toBe(inspection);
  expect(readCurrent()).toBe(reading);
  expect(readCurrent()).toBe(reading);
});

it("reads it anew when anything of it is another", () => {
  const before = asViewsDo();
  viewStore.setState({ threshold: 0.1 });
  expect(inspectCurrent()?.bad).toEqual([]);
  viewStore.setState({ threshold: undefined });
  expect(inspectCurrent()).toEqual(before.inspection);
  setTag(2, "verify");
  expect(readCurrent()?.tags[2]).toBe("verify");
  expect(readCurrent()?.ruledTags[2]).toBe(before.reading.tags[2]);
  setTag(2, undefined);
  expect(readCurrent()?.tags).toEqual(before.reading.tags);
  addScore(1, 0.3);
  expect(inspectCurrent()?.bad).toEqual([0, 1, 3, 6, 9]);
});
