import { describe, expect, it } from "vitest";
import { segmentTrace } from "../core/segment/index.ts";
import {
  accuracyOf,
  choiceByAggregate,
  choicesOf,
  contradictionsOf,
  entriesOf,
  groupOf,
  problemsOf,
  sortEntries,
  unreadCount,
} from "./best-of.ts";
import {
  type Candidate,
  changeRun,
  endBatch,
  NO_CANDIDATES,
  placeOf,
  sortBy,
  startBatch,
  takeRecords,
  unfinished,
} from "./candidates.ts";
import { correctnessGroups } from "./distribution.ts";
import { finishRun, NO_RUN, type Run, startRun, stopRun } from "./runs.ts";

const SETTINGS = { alpha: 1, usesSteps: true, usesTrajectory: true };

function open(chain: string, problem = "p"): Candidate {
  const source = { problem, chain, strategy: "blank-line", delimiter: "", own: [] } as const;
  const { steps } = segmentTrace(source);
  const run = stopRun(startRun(NO_RUN, source, { problem, chain, steps }, "m")).current;
  if (run === undefined) {
    throw new Error("no run");
  }
  return { record: { id: "1", problem, chain, rest: {} }, run, earlier: [] };
}

function scored(run: Run, rewards: readonly number[]): Run {
  const stepCount = run.trace.steps.length;
  const state = finishRun(
    { current: run },
    {
      steps: rewards.map((reward, index) => ({
        index,
        reward,
        read: { tokens: [0, 1], positions: [], logits: [] },
      })),
      stepCount,
      ...(rewards.length < stepCount
        ? { notScored: { from: rewards.length, reason: "stopped" as const } }
        : {}),
      prompt: { text: "", ids: [], tokens: [] },
      timing: { forward: 1, tokens: 4, reused: 3, chunks: 1 },
    },
  );
  return state.current ?? run;
}

const withScores = (candidate: Candidate, rewards: readonly number[]): Candidate => ({
  ...candidate,
  run: scored(candidate.run, rewards),
});

const A = withScores(open("One.\n\nThe answer is 5."), [0.9, 0.2]);
const B = withScores(open("Two.\n\nThe answer is 5.0"), [0.6, 0.5]);
const C = withScores(open("Three.\n\nThe answer is 6."), [0.7, 0.4]);
const PARTLY = withScores(open("Four.\n\nThe answer is 7."), [0.99]);

describe("a batch", () => {
  it("keeps the scores of the same text by the same model, and does the rest", () => {
    const first = startBatch(NO_CANDIDATES, [open("x"), open("y\n\nz")]);
    const half = endBatch(
      changeRun(
        changeRun(first, 0, (run) => scored(run, [0.5])),
        1,
        (run) => scored(run, [0.5]),
      ),
      "stopped",
    );
    expect(unfinished(half)).toEqual([1]);
    const again = startBatch(half, [open("new"), open("x"), open("y\n\nz")]);
    expect(unfinished(again)).toEqual([0, 2]);
    expect(again.all[1]?.run.scores[0]?.reward).toBe(0.5);
  });

  it("keeps what other models have said of the same text, the newest last, however often it is there", () => {
    const by = (modelKey: string, reward?: number): Candidate => {
      const { run, ...rest } = open("x");
      return { ...rest, run: { ...(reward === undefined ? run : scored(run, [reward])), modelKey } };
    };
    const first = startBatch(NO_CANDIDATES, [by("m", 0.1), by("m")]);
    const second = startBatch(first, [by("n", 0.2), by("n", 0.2)]);
    const third = startBatch(second, [by("o"), by("o"), open("y")]);
    const told = third.all.map(({ earlier }) =>
      earlier.map(({ modelKey, scores }) => [modelKey, scores[0]?.reward]),
    );
    const both = [
      ["m", 0.1],
      ["n", 0.2],
    ];
    expect(told).toEqual([both, both, []]);
  });

  it("gives way to records from elsewhere, and keeps what is typed", () => {
    const typed = { ...NO_CANDIDATES, draft: { ...NO_CANDIDATES.draft, text: "mine" } };
    const taken = takeRecords(startBatch(typed, [A]), [A.record]);
    expect(taken).toMatchObject({ all: [], status: "idle", draft: { text: "mine" } });
  });
});

describe("what candidates give", () => {
  const entries = entriesOf([A, B, C, PARTLY], SETTINGS, "5");

  it("reads their answers and whether they are right", () => {
    expect(entries.map(({ key, isCorrect }) => [key, isCorrect])).toEqual([
      ["5", true],
      ["5", true],
      ["6", false],
      ["7", false],
    ]);
    expect(entriesOf([A], SETTINGS, "")[0]?.isCorrect).toBeUndefined();
  });

  it("ranks no chain of which only a part is scored", () => {
    expect(entries[3]?.scores).toEqual({});
    expect(sortEntries(entries, "mean", false)).toEqual([0, 1, 2, 3]);
    expect(sortEntries(entries, "min", false)).toEqual([1, 2, 0, 3]);
    expect(sortEntries(entries, "min", true)).toEqual([0, 2, 1, 3]);
    expect(sortEntries(entries, "place", false)).toEqual([3, 2, 1, 0]);
  });

  it("chooses, and says where aggregates part", () => {
    const choices = choicesOf(entries, "min");
    expect(choices.naive).toMatchObject({ winner: 1, value: 0.5 });
    expect(choices.weighted).toMatchObject({ winner: 1, answer: "5" });
    expect(choices.majority).toMatchObject({ answer: "5", value: 2, margin: 1 });
    const groups = choiceByAggregate(entries);
    expect(groups.find(({ aggregates }) => aggregates.includes("min"))?.winner).toBe(1);
    expect(groups.find(({ aggregates }) => aggregates.includes("last"))?.winner).toBe(1);
  });

  it("judges accuracy by what has a score and a right answer", () => {
    expect(accuracyOf(entries, "min").map(({ naive }) => naive)).toEqual([
      expect.closeTo(2 / 3, 12),
      expect.closeTo(2 / 3, 12),
      expect.closeTo(1, 12),
    ]);
  });

  it("keeps problems apart", () => {
    expect(problemsOf([A, open("x", "q"), B])).toEqual(["p", "q"]);
  });
});

describe("answers in other words", () => {
  const chains = ["The answer is 10 pens.", "The answer is 10.", "So 5 + 5 = 12.", "There are some pens."];
  const all = chains.map((chain) => withScores(open(chain), [0.5]));

  it("are the right one, whatever they count", () => {
    const entries = entriesOf(all, SETTINGS, "10");
    expect(entries.map(({ isCorrect }) => isCorrect)).toEqual([true, true, false, undefined]);
    expect(choicesOf(entries, "min").majority).toMatchObject({ winner: 0, value: 2, margin: 1 });
  });

  it("are left out where none is found, and counted as left out", () => {
    const entries = entriesOf(all, SETTINGS, "10");
    expect(unreadCount(entries, "10")).toBe(1);
    expect(unreadCount(entries, "")).toBe(0);
    expect(accuracyOf(entries, "min")).toHaveLength(3);
    expect(accuracyOf(entries, "min")[0]?.any).toBeCloseTo(2 / 3, 12);
    expect(groupOf(entries, "min").map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(correctnessGroups(entries, "scores", "min").map(({ values }) => values.length)).toEqual([2, 1]);
  });

  it("are told apart by their unit while no reference answer says that it does not matter", () => {
    const units = ["The answer is 10 pens.", "The answer is 10 cents."].map((chain) => open(chain));
    const keys = (gold: string) => new Set(entriesOf(units, SETTINGS, gold).map(({ key }) => key)).size;
    expect([keys(""), keys("10 cents"), keys("10")]).toEqual([2, 2, 1]);
  });

  it("are held against the answer of a reference solution", () => {
    expect(entriesOf(all, SETTINGS, "5 + 5 = <<5+5=10>>10\n#### 10")[1]?.isCorrect).toBe(true);
  });
});

it("knows a candidate by its scores as well as by its text", () => {
  expect(placeOf([A, B, C], B.run)).toBe(1);
  expect(placeOf([A, B, C], { ...B.run, scores: [...B.run.scores] })).toBeUndefined();
  expect(placeOf([], A.run)).toBeUndefined();
});

it("finds answers that their source calls right here and wrong there, and computes nothing that contradicts itself", () => {
  const judged = [true, true, false, false].map((isCorrect, index) => {
    const one = withScores(open(`Take ${index}.\n\nThe answer is 26.`), [0.5, 0.5]);
    return { ...one, record: { ...one.record, isCorrect } };
  });
  const entries = entriesOf(judged, SETTINGS, "");
  expect(contradictionsOf(entries)).toEqual([{ answer: "26", right: 2, wrong: 2 }]);
  expect(accuracyOf(entries, "min")[0]).toEqual({ n: 1, naive: 0.5, majority: 0.5, any: 0.5 });
  expect(contradictionsOf(entriesOf([A, B, C], SETTINGS, "5"))).toEqual([]);
});

it("sorts scores from the highest first, and the other way at the second click", () => {
  const once = sortBy(NO_CANDIDATES, "min");
  expect([once.sort, once.isAscending]).toEqual(["min", false]);
  expect(sortBy(once, "min").isAscending).toBe(true);
  expect(sortBy(once, "place").isAscending).toBe(true);
});
