import { beforeEach, describe, expect, it, vi } from "vitest";
import { AppError } from "../core/errors.ts";
import type { ScoreRequest, Scorer } from "../core/scorer.ts";
import type { ScoredTrace } from "../core/trace.ts";
import { candidatesStore, editDraft, isOutdated, NO_CANDIDATES } from "../state/candidates.ts";
import { engineStore, idle } from "../state/engine-status.ts";
import { modelChoiceStore } from "../state/model-choice.ts";
import { NO_RUN, runsStore } from "../state/runs.ts";
import { EMPTY_SHELF, shelfStore } from "../state/shelf.ts";
import { INITIAL_VIEW, viewStore } from "../state/view-state.ts";
import { EMPTY_WORKSPACE, workspaceStore } from "../state/workspace.ts";
import {
  forgetScores,
  openCandidate,
  putCandidatesAway,
  scoreCandidates,
  stopCandidates,
  takeCandidates,
  takeOnPage,
} from "./candidates.ts";
import { changeDraft } from "./look-at-candidates.ts";
import { stubPage } from "./testing/page.ts";
import { EMBEDDED, MODEL, NOT_COUNTED, NOTHING_ELSE } from "./testing/scoring.ts";

function result({ steps }: ScoreRequest): ScoredTrace {
  return {
    steps: steps.map((_, index) => ({
      index,
      reward: 0.5,
      read: { tokens: [0, 1] as const, positions: [], logits: [] },
    })),
    stepCount: steps.length,
    prompt: { text: "", ids: [], tokens: [] },
    timing: { forward: 1, tokens: 1, reused: 0, chunks: 1 },
  };
}

/** @param score Answers the requests in the order in which they come. */
function contextWith(score: Scorer["score"]) {
  const seen = vi.fn<Scorer["score"]>(score);
  const scorer: Scorer = { load: async () => MODEL, score: seen, countTokens: NOT_COUNTED };
  return {
    ctx: {
      scorer,
      ...NOTHING_ELSE,
    },
    seen,
  };
}

const TEXT = "b\n\nx\n---\na\n\nlong enough\n---\nb\n\nx\n\ny";
const statuses = () => candidatesStore.getState().all.map(({ run }) => run.status);

beforeEach(() => {
  stubPage();
  putCandidatesAway();
  shelfStore.setState(EMPTY_SHELF, true);
  candidatesStore.setState(editDraft(NO_CANDIDATES, { problem: "p", text: TEXT }), true);
  engineStore.setState(idle("stepscope-prm"), true);
  modelChoiceStore.setState(EMBEDDED, true);
  runsStore.setState(NO_RUN, true);
  viewStore.setState(INITIAL_VIEW, true);
  workspaceStore.setState(EMPTY_WORKSPACE, true);
});

describe("scoreCandidates", () => {
  it("scores chains with common beginnings one after the other", async () => {
    const { ctx, seen } = contextWith(async (request) => result(request));
    await scoreCandidates(ctx);
    expect(seen.mock.calls.map(([request]) => request.steps)).toEqual([
      ["a", "long enough"],
      ["b", "x"],
      ["b", "x", "y"],
    ]);
    expect(statuses()).toEqual(["done", "done", "done"]);
    expect(candidatesStore.getState().status).toBe("done");
  });

  it("does not score again what is scored", async () => {
    const { ctx, seen } = contextWith(async (request) => result(request));
    await scoreCandidates(ctx);
    candidatesStore.setState((state) => editDraft(state, { text: `${TEXT}\n---\nnew` }), true);
    await scoreCandidates(ctx);
    expect(seen).toHaveBeenCalledTimes(4);
  });

  it("keeps what is scored when it is stopped", async () => {
    const { ctx } = contextWith(async (request) => {
      stopCandidates();
      return result(request);
    });
    await scoreCandidates(ctx);
    expect(statuses()).toEqual(["stopped", "done", "stopped"]);
    expect(candidatesStore.getState().status).toBe("stopped");
  });

  it("goes on past a chain that cannot be scored", async () => {
    const { ctx } = contextWith(async (request) => {
      if (request.steps[0] === "a") {
        throw new AppError("bad-input", "too long");
      }
      return result(request);
    });
    await scoreCandidates(ctx);
    expect(statuses()).toEqual(["done", "failed", "done"]);
    expect(candidatesStore.getState().status).toBe("done");
  });

  it("ends with a lost device, and goes on from there", async () => {
    const { ctx, seen } = contextWith(async (request) => result(request));
    seen.mockImplementationOnce(() => Promise.reject(new AppError("device-lost", "gone")));
    await scoreCandidates(ctx);
    expect(candidatesStore.getState()).toMatchObject({ status: "failed", error: { code: "device-lost" } });
    expect(engineStore.getState().kind).toBe("idle");
    await scoreCandidates(ctx);
    expect(statuses()).toEqual(["done", "done", "done"]);
  });

  it("does not go on with another model", async () => {
    const { ctx, seen } = contextWith(async (request) => {
      modelChoiceStore.setState({ id: "other", location: "https://example.org/other/" }, true);
      return result(request);
    });
    await scoreCandidates(ctx);
    expect(seen).toHaveBeenCalledTimes(1);
    expect(candidatesStore.getState().status).toBe("stopped");
  });
});

it("takes records, each with its own problem, and steps as they are given", async () => {
  takeCandidates([
    { id: "1", problem: "q", chain: { thinking: ["t\n\nu"], response: ["v"] }, rest: {} },
    { id: "2", problem: "", chain: "w", rest: {} },
  ]);
  expect(viewStore.getState().cover).toBe("candidates");
  const { ctx, seen } = contextWith(async (request) => result(request));
  await scoreCandidates(ctx);
  expect(seen.mock.calls.map(([request]) => request)).toEqual([
    { problem: "q", steps: ["t\n\nu", "v"] },
    { problem: "p", steps: ["w"] },
  ]);
});

describe("what is put in while a batch is under way", () => {
  const plain = { id: "1", problem: "", chain: "x\n---\ny", rest: {} };
  const PUT_IN = [
    ["a text", () => takeOnPage([plain])],
    ["a file", () => takeCandidates([plain, { ...plain, id: "2", problem: "q" }])],
    ["nothing", putCandidatesAway],
    ["nothing, while the scores are forgotten", forgetScores],
  ] as const;

  it.each(PUT_IN)("ends it: %s", async (_, putIn) => {
    const { ctx, seen } = contextWith(async (request, { emit }) => {
      putIn();
      const scored = result(request);
      emit({ steps: scored.steps, tokensDone: 1, tokensTotal: 1 });
      return scored;
    });
    await scoreCandidates(ctx);
    expect(seen).toHaveBeenCalledTimes(1);
    expect(seen.mock.calls[0]?.[1].signal.aborted).toBe(true);
    expect(candidatesStore.getState()).toMatchObject({ all: [], status: "idle", current: undefined });
  });

  it.each(PUT_IN)("is not written over when the old batch fails: %s", async (_, putIn) => {
    const { ctx } = contextWith(() => {
      putIn();
      return Promise.reject(new AppError("device-lost", "gone"));
    });
    await scoreCandidates(ctx);
    expect(candidatesStore.getState()).toMatchObject({ all: [], status: "idle", error: undefined });
  });

  it("can be scored at once", async () => {
    const { ctx, seen } = contextWith(async (request) => result(request));
    let second: Promise<void> | undefined;
    seen.mockImplementationOnce(async (request) => {
      takeOnPage([plain]);
      second = scoreCandidates(ctx);
      return result(request);
    });
    await scoreCandidates(ctx);
    await second;
    expect(statuses()).toEqual(["done", "done"]);
    expect(candidatesStore.getState().status).toBe("done");
  });
});

describe("results", () => {
  const isStale = () => isOutdated(candidatesStore.getState());
  const score = () => scoreCandidates(contextWith(async (request) => result(request)).ctx);

  it.each([
    ["chains that come as steps", '{"problem":"p","steps":["a","b"]}\n{"problem":"p","steps":["c"]}'],
    ["a blank one among them", '{"problem":"p","responses":["a","","b"]}'],
    ["written out", TEXT],
  ])("are of what stands in the fields right after scoring: %s", async (_, text) => {
    changeDraft({ text });
    await score();
    expect(statuses().length).toBeGreaterThan(1);
    expect(isStale()).toBe(false);
    changeDraft({ text: `${text}\n` });
    expect(isStale()).toBe(false);
  });

  it("are not once the chains, their problem or their cut are others", async () => {
    await score();
    for (const change of [{ text: "other" }, { problem: "q" }, { strategy: "line" }] as const) {
      const { draft } = candidatesStore.getState();
      changeDraft(change);
      expect(isStale()).toBe(true);
      changeDraft(draft);
      expect(isStale()).toBe(false);
    }
    changeDraft({ strategy: "delimiter", delimiter: "|" });
    await score();
    expect(isStale()).toBe(false);
    changeDraft({ delimiter: ";" });
    expect(isStale()).toBe(true);
  });

  it("do not depend on a problem and a rule that no candidate uses", async () => {
    takeCandidates([{ id: "1", problem: "q", chain: { thinking: [], response: ["a", "b"] }, rest: {} }]);
    await score();
    changeDraft({ problem: "other", strategy: "line", text: "other" });
    expect(isStale()).toBe(false);
  });
});

it("cuts candidates at the delimiter of the page", async () => {
  changeDraft({ text: "a|b\n---\nc", strategy: "delimiter", delimiter: "|" });
  const { ctx, seen } = contextWith(async (request) => result(request));
  await scoreCandidates(ctx);
  expect(seen.mock.calls.map(([request]) => request.steps)).toEqual([["a", "b"], ["c"]]);
});

it("opens a candidate with its scores and its text", async () => {
  const { ctx, seen } = contextWith(async (request) => result(request));
  await scoreCandidates(ctx);
  openCandidate(1, 1);
  expect(workspaceStore.getState().chain).toBe("a\n\nlong enough");
  expect(runsStore.getState().current).toBe(candidatesStore.getState().all[1]?.run);
  expect(viewStore.getState()).toMatchObject({ cover: undefined, selected: 1 });
  expect(seen).toHaveBeenCalledTimes(3);
});
