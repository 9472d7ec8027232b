import { beforeEach, expect, it } from "vitest";
import type { ChainRecord } from "../core/chain-record.ts";
import { collectionStore, readAtOnce, recordOfSource } from "../state/collection.ts";
import { NO_RUN, runsStore } from "../state/runs.ts";
import { EMPTY_SHELF, shelfStore } from "../state/shelf.ts";
import { finishedRun, sourceWith } from "../state/testing/finished-run.ts";
import { INITIAL_VIEW, viewStore } from "../state/view-state.ts";
import { EMPTY_WORKSPACE, sourceOf, workspaceStore } from "../state/workspace.ts";
import { closeFile } from "./close-file.ts";
import { openCover } from "./cover.ts";
import { shelve } from "./shelf.ts";
import { canMoveRecord, showRecord } from "./show-record.ts";
import { stubPage } from "./testing/page.ts";

const RECORDS: readonly ChainRecord[] = ["a\n\nb", "c\n\nd"].map((chain, index) => ({
  id: `r${index}`,
  problem: "p",
  chain,
  rest: {},
}));
const REPORT = { name: "f", format: "text", label: "Text", recordCount: 2, problems: [], problemCount: 0 };

function open(): void {
  collectionStore.setState((state) => readAtOnce(state, "f", RECORDS, REPORT), true);
}

beforeEach(() => {
  stubPage();
  runsStore.setState(NO_RUN, true);
  shelfStore.setState(EMPTY_SHELF, true);
  viewStore.setState(INITIAL_VIEW, true);
  workspaceStore.setState(EMPTY_WORKSPACE, true);
  collectionStore.setState(collectionStore.getInitialState(), true);
  open();
});

it("puts the list away with its page, and leaves the text and the scores", () => {
  const run = finishedRun(sourceWith("c\n\nd"));
  shelve(run);
  showRecord(1);
  openCover("records");
  closeFile();
  expect(collectionStore.getState()).toMatchObject({ name: "", records: [], reports: [] });
  expect(recordOfSource(collectionStore.getState(), sourceOf(workspaceStore.getState()))).toBeUndefined();
  expect(viewStore.getState().cover).toBeUndefined();
  expect(workspaceStore.getState().chain).toBe("c\n\nd");
  expect(runsStore.getState().current?.scores).toBe(run.scores);
  expect(canMoveRecord(1)).toBe(false);

  workspaceStore.setState(EMPTY_WORKSPACE, true);
  runsStore.setState(NO_RUN, true);
  open();
  showRecord(1);
  expect(runsStore.getState().current?.scores).toBe(run.scores);
});

it("leaves a page that shows something else open", () => {
  openCover("candidates");
  closeFile();
  expect(viewStore.getState().cover).toBe("candidates");
});
