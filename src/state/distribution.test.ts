import { expect, it } from "vitest";
import { segmentTrace } from "../core/segment/index.ts";
import type { Entry } from "./best-of.ts";
import { correctnessGroups, jointRange, laneGroups, rangeOf, runGroups } from "./distribution.ts";
import { addScores, NO_RUN, type Run, startRun } from "./runs.ts";

function makeRun(chain: string, rewards: readonly number[]): Run {
  const source = { problem: "p", chain, strategy: "blank-line", delimiter: "", own: [] } as const;
  const { steps } = segmentTrace(source);
  const scores = rewards.map((reward, index) => ({
    index,
    reward,
    read: { tokens: [0, 1] as const, positions: [], logits: [] },
  }));
  const started = startRun(NO_RUN, source, { problem: "p", chain, steps }, "m");
  const run = addScores(started, { steps: scores, tokensDone: 1, tokensTotal: 1 }, 0).current;
  if (run === undefined) {
    throw new Error("no run");
  }
  return run;
}

const THOUGHT = makeRun("<think>\nhm\n\nha\n</think>\n\nso", [0.1, 0.2, 0.9]);
const PLAIN = makeRun("a\n\nb", [0.6]);

it("keeps lanes and runs apart, and counts no step without a reward", () => {
  expect(laneGroups([THOUGHT, PLAIN]).map(({ values }) => values)).toEqual([
    [0.1, 0.2],
    [0.9, 0.6],
  ]);
  expect(runGroups(THOUGHT, PLAIN).map(({ values }) => values)).toEqual([[0.1, 0.2, 0.9], [0.6]]);
});

it("groups chains by whether they are right, and leaves out those of which nobody says", () => {
  const entry = (run: Run, isCorrect: boolean | undefined, mean?: number): Entry => ({
    place: 0,
    candidate: { record: { id: "1", problem: "p", chain: "", rest: {} }, run, earlier: [] },
    answer: undefined,
    key: undefined,
    isCorrect,
    scores: mean === undefined ? {} : { mean },
    results: {},
    scoredCount: 0,
  });
  const entries = [entry(THOUGHT, true, 0.4), entry(PLAIN, false), entry(PLAIN, undefined, 0.6)];
  expect(correctnessGroups(entries, "steps", "mean").map(({ values }) => values)).toEqual([
    [0.1, 0.2, 0.9],
    [0.6],
  ]);
  expect(correctnessGroups(entries, "scores", "mean").map(({ values }) => values)).toEqual([[0.4], []]);
});

it("makes the axis wide enough", () => {
  const pair = [
    { label: "a", values: [0.5, 1.7] },
    { label: "b", values: [-0.2] },
  ] as const;
  expect(rangeOf(pair, [0, 1])).toEqual([-0.2, 1.7]);
  expect(rangeOf([pair[0], pair[0]], [-1, 2])).toEqual([-1, 2]);
  expect(jointRange([0, 1], [-1, 0.5])).toEqual([-1, 1]);
  // Of numbers without bounds it is as wide as they are, and never without width.
  const all = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
  expect(rangeOf(pair, all)).toEqual([-0.2, 1.7]);
  expect(rangeOf(pair, [0, Number.POSITIVE_INFINITY])).toEqual([-0.2, 1.7]);
  const flat = { label: "c", values: [3, 3] };
  expect(rangeOf([flat, flat], all)).toEqual([2.5, 3.5]);
});
