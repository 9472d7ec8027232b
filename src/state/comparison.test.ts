import { describe, expect, it } from "vitest";
import { segmentTrace } from "../core/segment/index.ts";
import type { ScoredTrace } from "../core/trace.ts";
import { alignRuns, caveatsOf, compareAggregates, compareRuns, otherAnswers } from "./comparison.ts";
import { isPinned } from "./pinned.ts";
import { addScores, beginScoring, finishRun, NO_RUN, type Run, startRun } from "./runs.ts";

function makeRun(steps: readonly string[], rewards: readonly number[], changes: Partial<Run> = {}): Run {
  const source = {
    problem: "p",
    chain: steps.join("\n\n"),
    strategy: "blank-line",
    delimiter: "",
    own: [],
  } as const;
  const { problem, chain, steps: cut } = segmentTrace(source);
  const scored: ScoredTrace = {
    steps: rewards.map((reward, index) => ({
      index,
      reward,
      read: { tokens: [0, 1], positions: [], logits: [] },
    })),
    stepCount: steps.length,
    ...(rewards.length < steps.length
      ? { notScored: { from: rewards.length, reason: "stopped" as const } }
      : {}),
    prompt: { text: "", ids: [], tokens: [] },
    timing: { forward: 1, tokens: 1, reused: 0, chunks: 1 },
  };
  const started = beginScoring(startRun(NO_RUN, source, { problem, chain, steps: cut }, "m"), {
    protocol: "qwen2.5-math-prm",
    threshold: 0.5,
  });
  const burst = { steps: scored.steps, tokensDone: 1, tokensTotal: 1 };
  const run = finishRun(addScores(started, burst, 0), scored).current;
  if (run === undefined) {
    throw new Error("no run");
  }
  return { ...run, ...changes };
}

const A = makeRun(["Read it.", "So 3 + 4 = 7.", "Done: 7."], [0.9, 0.8, 0.7]);
const B = makeRun(["Read it.", "So 3 + 4 = 9.", "Hm, is that so?", "Done: 7."], [0.9, 0.2, 0.6]);

describe("two runs", () => {
  it("are counted by what became of their steps", () => {
    const { rows, counts, range } = compareRuns(A, B, alignRuns(A, B));
    expect(rows.map(({ kind }) => kind)).toEqual(["same", "regressed", "only-b", "unknown"]);
    expect(counts).toEqual({ regressed: 1, improved: 0, same: 1, unknown: 1, "only-a": 0, "only-b": 1 });
    expect(range).toEqual([0, 1]);
  });

  it("share an axis that reaches as low as the lower one", () => {
    const other = { ...B, protocol: "pure-prm" };
    expect(compareRuns(A, other, alignRuns(A, other)).range).toEqual([-1, 1]);
  });

  it("differ in their answers where both have one and the problem is the same", () => {
    const ending = (text: string, problem = "p") => ({
      trace: segmentTrace({ problem, chain: `So.\n\n${text}`, strategy: "blank-line" }),
    });
    const sixty = ending("The answer is 60.");
    expect(otherAnswers(sixty, ending("The answer is 80."))).toEqual({ a: "60", b: "80" });
    expect(otherAnswers(sixty, ending("#### 60.0"))).toBeUndefined();
    expect(otherAnswers(sixty, ending("Nobody knows."))).toBeUndefined();
    expect(otherAnswers(sixty, ending("The answer is 80.", "q"))).toBeUndefined();
  });

  it("have their aggregates side by side, and none where there is no number", () => {
    const settings = { alpha: 1, usesSteps: true, usesTrajectory: true };
    const pairs = compareAggregates(A, B, settings);
    expect(pairs.find(({ id }) => id === "min")).toEqual({ id: "min", a: 0.7, b: 0.2 });
    expect(pairs.find(({ id }) => id === "reasonflux")).toEqual({
      id: "reasonflux",
      a: undefined,
      b: undefined,
    });
  });

  it("say what keeps them from being compared", () => {
    expect(caveatsOf(A, A)).toEqual([]);
    expect(caveatsOf(A, B)).toEqual(["unfinished"]);
    expect(caveatsOf(A, { ...A, modelKey: "n" })).toEqual(["model"]);
    expect(caveatsOf({ ...A, digest: "a" }, { ...A, digest: "b" })).toEqual(["model"]);
    expect(caveatsOf({ ...A, digest: "a" }, { ...A, example: { id: "x", title: "X" } })).toEqual([]);
    expect(caveatsOf(A, { ...A, modelKey: "n", protocol: "pure-prm" })).toEqual(["protocol"]);
    expect(caveatsOf(A, { ...A, trace: { ...A.trace, problem: "q" } })).toEqual(["problem"]);
  });
});

it("is pinned with its scores, not only with its text", () => {
  expect(isPinned({ run: A }, A)).toBe(true);
  expect(isPinned({ run: A }, { ...A, scores: [...A.scores] })).toBe(false);
  expect(isPinned({ run: undefined }, undefined)).toBe(false);
});
