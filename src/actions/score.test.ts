import { beforeEach, describe, expect, it, vi } from "vitest";
import { AppError } from "../core/errors.ts";
import type { CallContext, ScoreProgress, ScoreRequest, Scorer } from "../core/scorer.ts";
import type { ScoredTrace, StepScore } from "../core/trace.ts";
import { engineStore, idle } from "../state/engine-status.ts";
import { modelChoiceStore } from "../state/model-choice.ts";
import { NO_RUN, runsStore } from "../state/runs.ts";
import { EMPTY_SHELF, findRun, shelfStore } from "../state/shelf.ts";
import { INITIAL_VIEW, viewStore } from "../state/view-state.ts";
import { EMPTY_WORKSPACE, workspaceStore } from "../state/workspace.ts";
import { loadGallery, openExample } from "./gallery.ts";
import { cancelLoad, requestLoad } from "./load-model.ts";
import { score, stopScoring } from "./score.ts";
import { stubPage } from "./testing/page.ts";
import { EMBEDDED, MODEL, NOT_COUNTED, NOTHING_ELSE } from "./testing/scoring.ts";

function stepScore(index: number): StepScore {
  return { index, reward: 0.9 - index * 0.4, read: { tokens: [0, 1], positions: [], logits: [] } };
}

function result(count: number, stepCount: number): ScoredTrace {
  return {
    steps: Array.from({ length: count }, (_, index) => stepScore(index)),
    stepCount,
    ...(count < stepCount ? { notScored: { from: count, reason: "stopped" as const } } : {}),
    prompt: { text: "", ids: [], tokens: [] },
    timing: { forward: 1, tokens: 1, reused: 0, chunks: 1 },
  };
}

/** Scores one step, then waits for the abort or for `finish`. */
function createScorer() {
  let finish: () => void = () => undefined;
  const load = vi.fn<Scorer["load"]>(async () => MODEL);
  const scoreCall = vi.fn(
    ({ steps }: ScoreRequest, { signal, emit }: CallContext<ScoreProgress>) =>
      new Promise<ScoredTrace>((resolve) => {
        emit({ steps: [stepScore(0)], tokensDone: 5, tokensTotal: 10 });
        signal.addEventListener("abort", () => resolve(result(1, steps.length)));
        finish = () => resolve(result(steps.length, steps.length));
      }),
  );
  const scorer: Scorer = { load, score: scoreCall, countTokens: NOT_COUNTED };
  return {
    ctx: {
      scorer,
      ...NOTHING_ELSE,
    },
    load,
    scoreCall,
    finish: () => finish(),
  };
}

const run = () => runsStore.getState().current;

beforeEach(() => {
  stubPage();
  modelChoiceStore.setState(EMBEDDED, true);
  engineStore.setState(idle("stepscope-prm"), true);
  runsStore.setState(NO_RUN, true);
  shelfStore.setState(EMPTY_SHELF, true);
  viewStore.setState(INITIAL_VIEW, true);
  workspaceStore.setState({ ...EMPTY_WORKSPACE, problem: "p", chain: "a\n\nb\n\nc" }, true);
});

describe("score", () => {
  it("names the empty field and asks the model nothing", async () => {
    const { ctx, load } = createScorer();
    workspaceStore.setState({ chain: "  " });
    await score(ctx);
    expect(workspaceStore.getState().missing).toBe("chain");
    expect(load).not.toHaveBeenCalled();
    expect(run()).toBeUndefined();
  });

  it("never loads a Hub model that no click has named", async () => {
    const { ctx, load } = createScorer();
    engineStore.setState(idle("owner/name"), true);
    modelChoiceStore.setState({ id: "owner/name" }, true);
    await score(ctx);
    expect(workspaceStore.getState().missing).toBe("model");
    expect(load).not.toHaveBeenCalled();
  });

  it("waits for the model, then scores and selects the worst step", async () => {
    const { ctx, finish, scoreCall } = createScorer();
    const done = score(ctx);
    expect(run()?.status).toBe("waiting");
    await vi.waitFor(() => expect(run()?.progress?.tokensDone).toBe(5));
    expect(run()?.status).toBe("running");
    expect(scoreCall.mock.calls[0]?.[0]).toEqual({ problem: "p", steps: ["a", "b", "c"] });
    finish();
    await done;
    expect(run()?.status).toBe("done");
    expect(viewStore.getState().selected).toBe(2);
  });

  it("keeps what was scored when stopped, and goes on from there", async () => {
    const { ctx, finish } = createScorer();
    const first = score(ctx);
    await vi.waitFor(() => expect(run()?.status).toBe("running"));
    stopScoring();
    await first;
    expect(run()?.status).toBe("stopped");
    const second = score(ctx);
    expect(run()?.scores[0]?.reward).toBe(0.9);
    await vi.waitFor(() => expect(run()?.status).toBe("running"));
    finish();
    await second;
    expect(run()?.status).toBe("done");
  });

  it("stops while the model is still loading, and is not an error", async () => {
    const { ctx, load } = createScorer();
    load.mockImplementation(
      (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(new AppError("cancelled", "stopped")));
        }),
    );
    const done = score(ctx);
    stopScoring();
    await done;
    expect(run()).toMatchObject({ status: "stopped", error: undefined });
    expect(engineStore.getState().kind).toBe("loading");
    cancelLoad();
    await vi.waitFor(() => expect(engineStore.getState().kind).toBe("idle"));
  });

  it("says what failed, keeps the text, and loads the model again after a crash", async () => {
    const { ctx, load, scoreCall, finish } = createScorer();
    scoreCall.mockImplementationOnce(async () => {
      throw new AppError("worker-crashed", "the scoring worker stopped: test");
    });
    await score(ctx);
    expect(run()).toMatchObject({ status: "failed", error: { code: "worker-crashed" } });
    expect(workspaceStore.getState().chain).toBe("a\n\nb\n\nc");
    expect(engineStore.getState().kind).toBe("idle");
    const again = score(ctx);
    await vi.waitFor(() => expect(run()?.status).toBe("running"));
    finish();
    await again;
    expect(load).toHaveBeenCalledTimes(2);
    expect(run()).toMatchObject({ status: "done", error: undefined });
  });

  it("lets a newer run have the screen", async () => {
    const { ctx, finish } = createScorer();
    const first = score(ctx);
    await vi.waitFor(() => expect(run()?.status).toBe("running"));
    workspaceStore.setState({ chain: "x\n\ny" });
    const second = score(ctx);
    await first;
    await vi.waitFor(() => expect(run()?.status).toBe("running"));
    expect(run()?.trace.steps.map(({ text }) => text)).toEqual(["x", "y"]);
    finish();
    await second;
    expect(run()?.scores.length).toBe(2);
  });

  it("puts a finished run on the shelf, and no other", async () => {
    const { ctx, finish } = createScorer();
    const first = score(ctx);
    await vi.waitFor(() => expect(run()?.status).toBe("running"));
    stopScoring();
    await first;
    expect(shelfStore.getState().places.size).toBe(0);
    const second = score(ctx);
    await vi.waitFor(() => expect(run()?.status).toBe("running"));
    finish();
    await second;
    const asked = { modelKey: "stepscope-prm", digest: undefined, variant: "q4" };
    expect(findRun(shelfStore.getState(), workspaceStore.getState(), asked)?.scores).toBe(run()?.scores);
  });

  it("shows the earlier scores when scoring again is stopped", async () => {
    const { ctx, finish } = createScorer();
    const first = score(ctx);
    await vi.waitFor(() => expect(run()?.status).toBe("running"));
    finish();
    await first;
    const whole = run();
    for (let times = 0; times < 2; times += 1) {
      const again = score(ctx);
      await vi.waitFor(() => expect(run()?.status).toBe("running"));
      stopScoring();
      await again;
      expect(run()).toEqual({ ...whole, isBack: true });
    }
  });

  it("shows an example's own scores when scoring it again is stopped", async () => {
    await loadGallery();
    openExample("train-right");
    const committed = run();
    const { ctx } = createScorer();
    const again = score(ctx);
    await vi.waitFor(() => expect(run()?.scores[0]?.reward).toBe(0.9));
    stopScoring();
    await again;
    expect(run()).toEqual({ ...committed, isBack: true });
  });

  it("keeps what an abandoned run still brings out of the example shown since", async () => {
    await loadGallery();
    const { ctx } = createScorer();
    const scoring = score(ctx);
    await vi.waitFor(() => expect(run()?.scores[0]).toBeDefined());
    openExample("train-right");
    const shown = run();
    await scoring;
    expect(run()).toEqual(shown);
    expect(run()?.example?.id).toBe("train-right");
    expect(run()?.status).toBe("done");
  });

  it("does not join a load that was cancelled", async () => {
    const { ctx, load, finish } = createScorer();
    let settle: (error: AppError) => void = () => undefined;
    load.mockImplementationOnce(
      () =>
        new Promise((_, reject) => {
          settle = reject;
        }),
    );
    const first = requestLoad(ctx);
    await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(1));
    cancelLoad();
    const scoring = score(ctx);
    settle(new AppError("cancelled", "stopped"));
    await first;
    await vi.waitFor(() => expect(run()?.status).toBe("running"));
    expect(load).toHaveBeenCalledTimes(2);
    finish();
    await scoring;
    expect(run()?.status).toBe("done");
  });
});
