import { describe, expect, it } from "vitest";
import { type LogitRows, readStep, readTrajectory, sigmoid, softmaxAt } from "./readout.ts";

function rowsOf(table: readonly (readonly number[])[]): LogitRows {
  return { row: (token) => table[token] ?? [] };
}

describe("token hazard", () => {
  // h_1 = sigmoid(a_0 + u_1), h_2 = sigmoid(a_1 + u_2); reward = (1 - h_1)(1 - h_2).
  const rows = rowsOf([
    [-1, 9, 0],
    [0.5, -2, 0],
    [7, 1, 2],
  ]);
  const step = { index: 0, text: "a", encoded: { tokens: [1, 3] as const, read: 2 }, tokens: ["a", "Ċ"] };

  it("charges a step with the hazards of its own tokens", () => {
    const h1 = 1 / (1 + Math.exp(3));
    const h2 = 1 / (1 + Math.exp(-1.5));
    const score = readStep({ kind: "token-hazard" }, step, rows);
    expect(score.reward).toBeCloseTo((1 - h1) * (1 - h2), 12);
    expect(score.hazards?.map(({ hazard }) => hazard)).toEqual([
      expect.closeTo(h1, 12),
      expect.closeTo(h2, 12),
    ]);
    expect(score.hazards?.map(({ start, end }) => [start, end])).toEqual([
      [0, 1],
      [1, 1],
    ]);
    expect(score.value).toBeCloseTo(sigmoid(2), 12);
    // The first hazard takes its a from before the step: that row was read, too.
    expect(score.read.positions).toEqual([0, 1, 2]);
    expect(score.read.logits[0]).toEqual([-1, 9, 0]);
    expect(readTrajectory({ readout: { kind: "token-hazard" } }, [], 2, rows)).toBeCloseTo(
      1 / (1 + Math.exp(-2)),
      12,
    );
  });

  it("keeps a reward that underflows, in its own place", () => {
    const score = readStep(
      { kind: "token-hazard" },
      step,
      rowsOf([
        [0, 0, 0],
        [500, 500, 0],
        [0, 500, 0],
      ]),
    );
    expect(score.reward).toBe(0);
    expect(score.index).toBe(0);
  });

  it("refuses a number that is not finite", () => {
    expect(() =>
      readStep(
        { kind: "token-hazard" },
        step,
        rowsOf([
          [Number.NaN, 0, 0],
          [0, 0, 0],
          [0, 0, 0],
        ]),
      ),
    ).toThrow(/not finite at step 1/);
  });
});

describe("step classifier", () => {
  it("is the softmax of the positive class at the marker", () => {
    const readout = { kind: "step-classifier", classes: 2, positive: [1] } as const;
    const step = {
      index: 2,
      text: "a",
      encoded: { tokens: [0, 2] as const, read: 1 },
      tokens: ["a", "<extra_0>"],
    };
    const rows = rowsOf([
      [9, 9],
      [-0.06437444686889648, -2.667435646057129],
    ]);
    // The logits and the reward of the shortest case of the tiny Qwen2.5-Math-PRM, by PyTorch in float32.
    expect(readStep(readout, step, rows).reward).toBeCloseTo(0.06894166022539139, 7);
    expect(readTrajectory({ readout }, [], 1, rows)).toBeUndefined();
  });

  it("does not overflow", () => {
    expect(softmaxAt([1000, -1000], 1)).toBe(0);
    expect(softmaxAt([1000, -1000], 0)).toBe(1);
  });
});
