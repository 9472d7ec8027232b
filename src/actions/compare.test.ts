import { beforeAll, beforeEach, expect, it } from "vitest";
import { NOTHING_PINNED, pinnedStore, referenceOf } from "../state/pinned.ts";
import { runsStore } from "../state/runs.ts";
import { finishedRun, sourceWith } from "../state/testing/finished-run.ts";
import { INITIAL_VIEW, viewStore } from "../state/view-state.ts";
import { EMPTY_WORKSPACE, workspaceStore } from "../state/workspace.ts";
import { compareWithBefore, followComparison, pinRun, swapPinned } from "./compare.ts";
import { closeCover, openCover } from "./cover.ts";
import { stubPage } from "./testing/page.ts";

const PINNED = finishedRun(sourceWith("pinned"));
const BEFORE = finishedRun(sourceWith("a\n\nb"));
const EDITED = { ...finishedRun(sourceWith("a\n\nc")), ghost: BEFORE };
const reference = () => referenceOf(pinnedStore.getState());

beforeAll(followComparison);

beforeEach(() => {
  stubPage();
  workspaceStore.setState({ ...EMPTY_WORKSPACE, ...EDITED.source }, true);
  viewStore.setState(INITIAL_VIEW, true);
  pinnedStore.setState(NOTHING_PINNED, true);
  runsStore.setState({ current: PINNED }, true);
  pinRun();
  runsStore.setState({ current: EDITED }, true);
});

it.each([
  ["closed", closeCover],
  ["left for another", () => openCover("models")],
])(
  "compares with the chain before an edit until the page is %s, and then with what is pinned",
  (_, leave) => {
    compareWithBefore();
    expect(viewStore.getState().cover).toBe("compare");
    expect(reference()).toBe(BEFORE);
    expect(pinnedStore.getState().run).toBe(PINNED);
    leave();
    expect(reference()).toBe(PINNED);
  },
);

it("leaves nothing pinned where nothing was", () => {
  pinnedStore.setState(NOTHING_PINNED, true);
  compareWithBefore();
  closeCover();
  expect(pinnedStore.getState()).toEqual(NOTHING_PINNED);
});

it("swaps the two while what is pinned stays so", () => {
  compareWithBefore();
  swapPinned();
  expect(viewStore.getState().cover).toBe("compare");
  expect(runsStore.getState().current).toBe(BEFORE);
  expect(reference()).toBe(EDITED);
  closeCover();
  expect(reference()).toBe(PINNED);
});

it("swaps the pinned run and the one on the screen", () => {
  openCover("compare");
  swapPinned();
  expect(viewStore.getState().cover).toBe("compare");
  expect(runsStore.getState().current).toBe(PINNED);
  closeCover();
  expect(reference()).toBe(EDITED);
});
