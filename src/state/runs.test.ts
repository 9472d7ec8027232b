import { describe, expect, it } from "vitest";
import { segmentTrace } from "../core/segment/index.ts";
import type { ScoredTrace, StepScore } from "../core/trace.ts";
import {
  addScores,
  beginScoring,
  bringBack,
  failRun,
  finishRun,
  isOfOtherModel,
  isUnderWay,
  NO_RUN,
  notScoredReason,
  type Runs,
  showExample,
  startRun,
  stopRun,
  variantOf,
} from "./runs.ts";
import { finishedRun, sourceWith } from "./testing/finished-run.ts";
import type { Source } from "./workspace.ts";

const source: Source = {
  problem: "p",
  chain: "one\n\ntwo\n\nthree",
  strategy: "blank-line",
  delimiter: "",
  own: [],
};
const trace = segmentTrace(source);

function score(index: number, reward = 0.5): StepScore {
  return { index, reward, read: { tokens: [0, 1], positions: [0], logits: [[0]] } };
}

function scored(steps: readonly StepScore[], notScored?: ScoredTrace["notScored"]): ScoredTrace {
  return {
    steps,
    stepCount: 3,
    ...(notScored ? { notScored } : { trajectoryReward: 0.4 }),
    prompt: { text: "", ids: [], tokens: [] },
    timing: { forward: 1, tokens: 1, reused: 0, chunks: 1 },
  };
}

function running(): Runs {
  return beginScoring(startRun(NO_RUN, source, trace, "m"), { protocol: "stepscope-prm", threshold: 0.25 });
}

const burst = (steps: readonly StepScore[], tokensDone: number) => ({ steps, tokensDone, tokensTotal: 30 });

describe("runs", () => {
  it("places scores by index as they arrive and counts speed from the first event", () => {
    const state = addScores(addScores(running(), burst([score(1)], 20), 1000), burst([score(0)], 30), 1500);
    expect(state.current?.scores.map((one) => one?.index)).toEqual([0, 1, undefined]);
    expect(state.current?.progress).toEqual({
      tokensDone: 30,
      tokensTotal: 30,
      firstDone: 20,
      firstAt: 1000,
      at: 1500,
    });
  });

  it("is done when all is scored, stopped when the scorer says so", () => {
    const done = finishRun(running(), scored([score(0), score(1), score(2)]));
    expect(done.current).toMatchObject({ status: "done", trajectoryReward: 0.4 });
    const stopped = finishRun(running(), scored([score(0)], { from: 1, reason: "stopped" }));
    expect(stopped.current).toMatchObject({ status: "stopped", trajectoryReward: undefined });
  });

  it("goes on from a stopped run of the same text and model only", () => {
    const stopped = stopRun(addScores(running(), burst([score(0)], 10), 0));
    const scoresOf = (state: Runs) => state.current?.scores.filter(Boolean).length;
    expect(scoresOf(startRun(stopped, source, trace, "m"))).toBe(1);
    expect(scoresOf(startRun(stopped, source, trace, "other"))).toBe(0);
    expect(scoresOf(startRun(stopped, { ...source, problem: "q" }, trace, "m"))).toBe(0);
  });

  it("never goes on from an example's committed scores", () => {
    const of = {
      example: { id: "e", title: "E" },
      modelKey: "m",
      protocol: "stepscope-prm",
      threshold: 0.25,
    };
    const shown = showExample(source, trace, scored([score(0), score(1), score(2)]), of);
    expect(shown.current?.status).toBe("done");
    expect(startRun(shown, source, trace, "m").current?.scores.every((one) => one === undefined)).toBe(true);
  });

  it("says why a step has no reward", () => {
    const reasonAt = (state: Runs, index: number) => state.current && notScoredReason(state.current, index);
    expect(reasonAt(running(), 2)).toBe("pending");
    expect(reasonAt(failRun(running(), { code: "internal", message: "x", details: {} }), 2)).toBe("failed");
    const cut = finishRun(running(), scored([score(0)], { from: 1, reason: "beyond-context" }));
    expect(reasonAt(cut, 2)).toBe("beyond-context");
    expect(cut.current?.status).toBe("done");
  });

  it("keeps scores and the error of a failed run", () => {
    const error = { code: "device-lost", message: "gone", details: {} } as const;
    const failed = failRun(addScores(running(), burst([score(0)], 10), 0), error);
    expect(failed.current).toMatchObject({ status: "failed", error });
    expect(failed.current?.scores[0]?.reward).toBe(0.5);
  });

  it("has the earlier scores again when scoring the same text anew is stopped", () => {
    const whole = finishRun(running(), scored([score(0), score(1), score(2)])).current;
    const begun = beginScoring(startRun({ current: whole }, source, trace, "m"), {
      protocol: "stepscope-prm",
      threshold: 0.25,
    });
    const part = addScores(begun, burst([score(0, 0.1)], 10), 0);
    expect(bringBack(stopRun(part), whole).current).toEqual({ ...whole, isBack: true });
    // Not while it goes on, nor when it failed, nor when there was none.
    expect(bringBack(part, whole)).toBe(part);
    const failed = failRun(part, { code: "internal", message: "x", details: {} });
    expect(bringBack(failed, whole)).toBe(failed);
    const stopped = stopRun(part);
    expect(bringBack(stopped, undefined)).toBe(stopped);
  });

  it("keeps what another model has scored when it is stopped", () => {
    const whole = finishRun(running(), scored([score(0), score(1), score(2)])).current;
    const begun = startRun({ current: whole }, source, trace, "n");
    const part = stopRun(addScores(begun, burst([score(0, 0.1)], 10), 0));
    expect(bringBack(part, whole)).toBe(part);
    expect(bringBack(stopRun(begun), whole).current).toEqual({ ...whole, isBack: true });
  });

  it("goes on from nothing that other weights under the same name have scored", () => {
    const model = { protocol: "stepscope-prm", threshold: 0.25 };
    const old = beginScoring(startRun(NO_RUN, source, trace, "m"), { ...model, digest: "old" });
    const stopped = stopRun(addScores(old, burst([score(0)], 10), 0));
    const again = startRun(stopped, source, trace, "m");
    const rewardsBy = (digest: string) =>
      beginScoring(again, { ...model, digest }).current?.scores.map((one) => one?.reward);
    expect(rewardsBy("old")).toEqual([0.5, undefined, undefined]);
    expect(rewardsBy("new")).toEqual([undefined, undefined, undefined]);

    // Nor does it stand behind the curve of an edit of the text.
    const whole = finishRun(old, scored([score(0), score(1), score(2)]));
    const edited = startRun(whole, { ...source, own: [{ start: 0, end: 1 }] }, trace, "m");
    expect(beginScoring(edited, { ...model, digest: "old" }).current?.ghost).toBeDefined();
    const other = beginScoring(edited, { ...model, digest: "new" }).current;
    expect(other?.ghost).toBeUndefined();
    expect(other?.scores).toEqual([undefined, undefined, undefined]);
    // The scores of before are worth less than part of those of the model in use.
    const part = stopRun(
      addScores(beginScoring(edited, { ...model, digest: "new" }), burst([score(0)], 10), 0),
    );
    expect(bringBack(part, whole.current)).toBe(part);
  });

  it("goes on from an example's scores, which came with the page", () => {
    const of = { example: { id: "x", title: "X" }, protocol: "p", threshold: 0.25, modelKey: "m" };
    const shown = showExample(source, trace, scored([score(0), score(1), score(2)]), of);
    const edited = startRun(shown, { ...source, own: [{ start: 0, end: 1 }] }, trace, "m");
    const begun = beginScoring(edited, { protocol: "p", threshold: 0.25, digest: "new" }).current;
    expect(begun?.ghost).toBeDefined();
    expect(begun?.scores[0]?.reward).toBe(0.5);
  });

  it("knows whose the numbers are", () => {
    const asked = { modelKey: "m", digest: "new" };
    const run = { ...finishedRun(sourceWith("a\n\nb")), digest: "new" };
    expect(isOfOtherModel(run, asked)).toBe(false);
    expect(isOfOtherModel({ ...run, digest: "old" }, asked)).toBe(true);
    expect(isOfOtherModel({ ...run, digest: "old" }, { ...asked, digest: undefined })).toBe(false);
    expect(isOfOtherModel({ ...run, digest: "new" }, { ...asked, modelKey: "n" })).toBe(true);
    // Nothing is said yet.
    const open = { ...run, digest: undefined, status: "stopped" as const, scores: [undefined, undefined] };
    expect(isOfOtherModel(open, asked)).toBe(false);
  });

  it("tells apart what makes a model's numbers others", () => {
    const exact = { id: "webgpu", label: "WebGPU", isExact: true };
    expect(variantOf({ dtype: "q4", way: exact })).toBe("q4");
    expect(variantOf({ dtype: "q4", way: { ...exact, isExact: false } })).toBe("q4, webgpu");
    expect(variantOf({})).toBeUndefined();
  });

  it("ignores what arrives when there is no run", () => {
    expect(addScores(NO_RUN, burst([score(0)], 1), 0)).toBe(NO_RUN);
    expect(isUnderWay(NO_RUN.current)).toBe(false);
    expect(isUnderWay(running().current)).toBe(true);
  });
});
