import { describe, expect, it } from "vitest";
import { AGGREGATES } from "./aggregate/index.ts";
import { AppError } from "./errors.ts";
import { parseScoreRecord, toScoreResult, toTrace } from "./score-record.ts";
import type { ScoredTrace } from "./trace.ts";

describe("parseScoreRecord", () => {
  it.each([
    ['{"problem":"p","chain":"c"}', { id: 7, problem: "p", kind: "chain", chain: "c" }],
    ['{"id":0,"problem":"p","steps":["a","b"]}', { id: 0, problem: "p", kind: "steps", steps: ["a", "b"] }],
    ['\ufeff {"problem":"p","chain":"c"} \r', { id: 7, problem: "p", kind: "chain", chain: "c" }],
    ['{"problem":"p","chain":"c","more":{"chain":1}}', { id: 7, problem: "p", kind: "chain", chain: "c" }],
    ['{"problem":"\\u0000","chain":"\\ud800"}', { id: 7, problem: "\u0000", kind: "chain", chain: "\ud800" }],
  ])("reads %s", (line, record) => {
    expect(parseScoreRecord(line, 7)).toEqual(record);
  });

  it.each([
    ["", "line 7: it is empty"],
    ["{", "line 7: it is not valid JSON"],
    ["null", "line 7: it is not a JSON object"],
    ["[]", 'line 7: its "problem" is missing'],
    ["3", "line 7: it is not a JSON object"],
    ['{"chain":"c"}', 'line 7: its "problem" is missing'],
    ['{"problem":1,"chain":"c"}', 'line 7: its "problem" is not a string'],
    ['{"problem":" ","chain":"c"}', 'line 7: its "problem" is empty'],
    ['{"problem":"p"}', 'line 7: it has neither "chain" nor "steps"'],
    ['{"problem":"p","chain":"c","steps":["a"]}', 'line 7: it has both "chain" and "steps"'],
    ['{"problem":"p","chain":null}', 'line 7: its "chain" is not a string'],
    ['{"problem":"p","chain":" \\n"}', 'line 7: its "chain" is empty'],
    ['{"problem":"p","steps":"a"}', 'line 7: its "steps" is not a list'],
    ['{"problem":"p","steps":[]}', 'line 7: its "steps" is an empty list'],
    ['{"problem":"p","steps":["a",2]}', 'line 7: entry 2 of its "steps" is not a string'],
    ['{"problem":"p","steps":["a","b",""]}', 'line 7: entry 3 of its "steps" is empty'],
    ['{"id":{},"problem":"p","chain":"c"}', 'line 7: its "id" is neither a string nor a number'],
    ['{"id":1e999,"problem":"p","chain":"c"}', 'line 7: its "id" is neither a string nor a number'],
    ['{"__proto__":{"problem":"p","chain":"c"}}', 'line 7: its "problem" is missing'],
  ])("refuses %s", (line, message) => {
    let thrown: unknown;
    try {
      parseScoreRecord(line, 7);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(AppError);
    expect(thrown).toMatchObject({ code: "bad-input", message, details: { line: 7 } });
  });

  it("is not harmed by a __proto__ key", () => {
    const record = parseScoreRecord('{"problem":"p","chain":"c","__proto__":{"polluted":1}}', 1);
    expect(record).toEqual({ id: 1, problem: "p", kind: "chain", chain: "c" });
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
  });
});

describe("toTrace", () => {
  it("segments a chain", () => {
    const record = parseScoreRecord('{"problem":"p","chain":"<think>a\\n\\nb</think>c"}', 1);
    const { steps, chain, problem } = toTrace(record, { strategy: "blank-line" });
    expect(steps.map(({ lane, text }) => [lane, text])).toEqual([
      ["thinking", "a"],
      ["thinking", "b"],
      ["response", "c"],
    ]);
    expect([problem, chain]).toEqual(["p", "<think>a\n\nb</think>c"]);
  });

  it("takes given steps as they are", () => {
    const record = parseScoreRecord('{"problem":"p","steps":[" a\\n\\nb","c "]}', 1);
    const { steps, chain } = toTrace(record, { strategy: "line" });
    expect(steps.map(({ text }) => text)).toEqual([" a\n\nb", "c "]);
    expect(steps.map(({ start, end }) => chain.slice(start, end))).toEqual([" a\n\nb", "c "]);
    expect(steps.map(({ index, lane }) => [index, lane])).toEqual([
      [0, "response"],
      [1, "response"],
    ]);
  });
});

describe("toScoreResult", () => {
  it("carries a step's further numbers by their ids", () => {
    const redundancy = { id: "redundancy", label: "redundancy", value: 0.2, threshold: 0.15 };
    const scored = scoredTrace([0.75]);
    const steps = scored.steps.map((step) => ({ ...step, extra: [redundancy] }));
    expect(toScoreResult({ ...HOW, scored: { ...scored, steps } }).steps).toEqual([
      { text: "a", reward: 0.75, lane: "thinking", extra: { redundancy: 0.2 } },
      { text: "b", reward: null, lane: "response" },
    ]);
  });

  const STEPS = [
    { text: "a", lane: "thinking" },
    { text: "b", lane: "response" },
  ] as const;

  function scoredTrace(rewards: readonly number[], change: Partial<ScoredTrace> = {}): ScoredTrace {
    const read = { tokens: [0, 1], positions: [0], logits: [[0]] } as const;
    return {
      steps: rewards.map((reward, index) => ({ index, reward, read })),
      stepCount: STEPS.length,
      prompt: { text: "", ids: [], tokens: [] },
      timing: { forward: 0, tokens: 0, reused: 0, chunks: 0 },
      ...change,
    };
  }
  const HOW = {
    id: "x",
    steps: STEPS,
    threshold: 0.5,
    rewardRange: [0, 1],
    aggregate: "mean",
    alpha: 1,
  } as const;

  it("lists rewards, aggregates and the first error", () => {
    const scored = scoredTrace([0.75, 0.25], { trajectoryReward: 0.5 });
    expect(toScoreResult({ ...HOW, scored })).toEqual({
      id: "x",
      steps: [
        { text: "a", reward: 0.75, lane: "thinking" },
        { text: "b", reward: 0.25, lane: "response" },
      ],
      trajectory: {
        reward: 0.5,
        score: 0.5,
        aggregate: "mean",
        aggregates: {
          min: 0.25,
          product: expect.closeTo(0.1875, 12),
          "geometric-mean": expect.closeTo(Math.sqrt(0.1875), 12),
          mean: 0.5,
          last: 0.25,
          reasonflux: 1,
        },
      },
      firstError: 1,
    });
  });

  it("writes null, not 0, for what the model has not said", () => {
    const result = toScoreResult({ ...HOW, aggregate: "reasonflux", scored: scoredTrace([0.75, 0]) });
    expect(result.trajectory).toMatchObject({ reward: null, score: null });
    expect(result.trajectory.aggregates).toMatchObject({ reasonflux: null, min: 0 });
    expect(result.steps[1]?.reward).toBe(0);
  });

  it("writes null for steps not scored, and for aggregates over part of a chain", () => {
    const scored = scoredTrace([0.25], { notScored: { from: 1, reason: "beyond-context" } });
    const result = toScoreResult({ ...HOW, scored });
    expect(result.steps.map((step) => step.reward)).toEqual([0.25, null]);
    expect(Object.keys(result.trajectory.aggregates)).toEqual(AGGREGATES.map(({ id }) => id));
    expect(new Set(Object.values(result.trajectory.aggregates))).toEqual(new Set([null]));
    expect(result.trajectory.score).toBeNull();
    expect(result.firstError).toBe(0);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });
});
