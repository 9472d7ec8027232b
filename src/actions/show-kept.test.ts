import { beforeEach, expect, it, vi } from "vitest";
import type { ChainRecord } from "../core/chain-record.ts";
import type { Scorer } from "../core/scorer.ts";
import { candidatesStore, NO_CANDIDATES } from "../state/candidates.ts";
import { collectionStore, readAtOnce } from "../state/collection.ts";
import { editHistoryStore, NO_HISTORY } from "../state/edit-history.ts";
import { engineStore, idle } from "../state/engine-status.ts";
import { modelChoiceStore } from "../state/model-choice.ts";
import { NO_RUN, runsStore } from "../state/runs.ts";
import { EMPTY_SHELF, shelfStore } from "../state/shelf.ts";
import { finishedRun, scoresOf, sourceWith } from "../state/testing/finished-run.ts";
import { INITIAL_VIEW, viewStore } from "../state/view-state.ts";
import { EMPTY_WORKSPACE, workspaceStore } from "../state/workspace.ts";
import { forgetScores, putCandidatesAway, scoreCandidates, takeCandidates } from "./candidates.ts";
import { clearAll } from "./clear-all.ts";
import { editStep, redo, undo } from "./edit-steps.ts";
import { score } from "./score.ts";
import { shelve } from "./shelf.ts";
import { moveRecord, showRecord } from "./show-record.ts";
import { stubPage } from "./testing/page.ts";
import { EMBEDDED, MODEL, NOT_COUNTED, NOTHING_ELSE } from "./testing/scoring.ts";

const RECORDS: readonly ChainRecord[] = ["a\n\nb", "c\n\nd", "e\n\nf"].map((chain, index) => ({
  id: `r${index}`,
  problem: "p",
  chain,
  rest: {},
}));
const REPORT = { name: "f", format: "text", label: "Text", recordCount: 3, problems: [], problemCount: 0 };

const seen = vi.fn<Scorer["score"]>(async ({ steps }) => scoresOf(steps.length, 1));
const scorer: Scorer = { load: async () => MODEL, score: seen, countTokens: NOT_COUNTED };
const ctx = {
  scorer,
  ...NOTHING_ELSE,
};
const run = () => runsStore.getState().current;

beforeEach(() => {
  stubPage();
  seen.mockClear();
  modelChoiceStore.setState(EMBEDDED, true);
  engineStore.setState(idle("stepscope-prm"), true);
  editHistoryStore.setState(NO_HISTORY, true);
  candidatesStore.setState(NO_CANDIDATES, true);
  runsStore.setState(NO_RUN, true);
  shelfStore.setState(EMPTY_SHELF, true);
  viewStore.setState(INITIAL_VIEW, true);
  workspaceStore.setState(EMPTY_WORKSPACE, true);
  collectionStore.setState(readAtOnce(collectionStore.getInitialState(), "f", RECORDS, REPORT), true);
});

it("shows a chain of a file with its scores again, after another was looked at", async () => {
  showRecord(1);
  expect(run()).toBeUndefined();
  await score(ctx);
  const scored = run();
  expect(scored?.status).toBe("done");
  moveRecord(1);
  expect(run()).toBeUndefined();
  moveRecord(-1);
  expect(run()?.scores).toBe(scored?.scores);
  expect(viewStore.getState().selected).toBe(1);
  expect(seen).toHaveBeenCalledTimes(1);
});

it("shows a chain that was scored as a candidate with those scores, and the other way round", async () => {
  takeCandidates(collectionStore.getState().records.slice(0, 2));
  await scoreCandidates(ctx);
  showRecord(0);
  expect(run()?.scores).toBe(candidatesStore.getState().all[0]?.run.scores);
  showRecord(2);
  expect(run()).toBeUndefined();
  takeCandidates(collectionStore.getState().records);
  expect(candidatesStore.getState().status).toBe("kept");
  expect(candidatesStore.getState().all.map(({ run: { status } }) => status)).toEqual([
    "done",
    "done",
    "stopped",
  ]);
  seen.mockClear();
  await scoreCandidates(ctx);
  expect(seen).toHaveBeenCalledTimes(1);
  expect(candidatesStore.getState().status).toBe("done");
  takeCandidates(collectionStore.getState().records);
  expect(candidatesStore.getState().status).toBe("done");
});

it("keeps the results of candidates that are put away", async () => {
  takeCandidates(RECORDS);
  await scoreCandidates(ctx);
  putCandidatesAway();
  expect(candidatesStore.getState()).toMatchObject({ taken: undefined, all: [] });
  showRecord(0);
  expect(run()?.status).toBe("done");
  takeCandidates(RECORDS);
  expect(candidatesStore.getState().status).toBe("done");
  expect(seen).toHaveBeenCalledTimes(3);
});

it("forgets results when that is asked for, and keeps the candidates", async () => {
  takeCandidates(RECORDS);
  await scoreCandidates(ctx);
  forgetScores();
  expect(candidatesStore.getState()).toMatchObject({ taken: RECORDS, all: [], status: "idle" });
  takeCandidates(RECORDS);
  expect(candidatesStore.getState().all).toEqual([]);
  shelve(finishedRun(sourceWith("a\n\nb"), "other"));
  takeCandidates(RECORDS);
  expect(candidatesStore.getState().all.map(({ run: { status } }) => status)).toEqual([
    "done",
    "stopped",
    "stopped",
  ]);
  await scoreCandidates(ctx);
  expect(seen).toHaveBeenCalledTimes(6);
});

it("shows one model's results alone among candidates", () => {
  shelve(finishedRun(sourceWith("a\n\nb"), "other"));
  shelve(finishedRun(sourceWith("c\n\nd"), "stepscope-prm"));
  takeCandidates(RECORDS);
  expect(candidatesStore.getState().all.map(({ run: { status } }) => status)).toEqual([
    "stopped",
    "done",
    "stopped",
  ]);
});

it("shows another model's run of a chain where the model in use has none", () => {
  shelve(finishedRun(sourceWith("a\n\nb"), "other"));
  showRecord(0);
  expect(run()?.modelKey).toBe("other");
});

it("scores no text again that undo and redo bring back as it was scored", async () => {
  workspaceStore.setState(sourceWith("a\n\nb\n\nc"));
  await score(ctx);
  const before = run();
  editStep(ctx, { kind: "delete", index: 2 });
  await vi.waitFor(() => expect(run()?.status).toBe("done"));
  const after = run();
  expect(after?.trace.steps).toHaveLength(2);
  undo(ctx);
  expect(run()?.scores).toBe(before?.scores);
  expect(run()?.ghost?.scores).toBe(after?.scores);
  redo(ctx);
  expect(run()?.scores).toBe(after?.scores);
  expect(seen).toHaveBeenCalledTimes(2);
});

it("brings the scores back with a text that was cleared", async () => {
  workspaceStore.setState(sourceWith("a\n\nb"));
  await score(ctx);
  const scored = run();
  clearAll();
  expect(run()).toBeUndefined();
  undo(ctx);
  expect(run()?.scores).toBe(scored?.scores);
});
