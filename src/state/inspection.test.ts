import { describe, expect, it } from "vitest";
import { segmentTrace } from "../core/segment/index.ts";
import { idle } from "./engine-status.ts";
import { aggregateOf, inspectRun, modelThreshold, runningAggregate } from "./inspection.ts";
import { addScores, NO_RUN, type Run, startRun } from "./runs.ts";

/** A run whose steps have these rewards; `undefined` is a step not scored. */
function runOf(rewards: readonly (number | undefined)[], value?: number): Run {
  const source = {
    problem: "p",
    chain: rewards.map((_, index) => `step ${index}`).join("\n\n"),
    strategy: "blank-line",
    delimiter: "",
    own: [],
  } as const;
  const steps = rewards.flatMap((reward, index) =>
    reward === undefined
      ? []
      : [
          {
            index,
            reward,
            ...(value === undefined ? {} : { value }),
            read: { tokens: [0, 1] as const, positions: [], logits: [] },
          },
        ],
  );
  const started = startRun(NO_RUN, source, segmentTrace(source), "stepscope-prm");
  const { current } = addScores(started, { steps, tokensDone: 1, tokensTotal: 1 }, 0);
  if (current === undefined) {
    throw new Error("no run");
  }
  return current;
}

const settings = { alpha: 1, usesSteps: true, usesTrajectory: true };

describe("inspection", () => {
  it("finds the first bad, all bad and the worst step", () => {
    const found = inspectRun(runOf([0.9, 0.2, undefined, 0.1]), 0.25);
    expect(found).toMatchObject({ firstError: 1, bad: [1, 3], worst: 3, scoredCount: 3 });
  });

  it("has no first error in a clean chain", () => {
    expect(inspectRun(runOf([0.9, 0.8]), 0.25)).toMatchObject({ firstError: -1, bad: [] });
  });

  it("multiplies survival up to the first gap and not past it", () => {
    expect(inspectRun(runOf([0.5, 0.5, undefined, 0.5]), 0.25).survival).toEqual([
      0.5,
      0.25,
      undefined,
      undefined,
    ]);
  });

  it("runs an aggregate over prefixes, on the axis of rewards, up to the first gap", () => {
    expect(runningAggregate(runOf([0.9, 0.3, 0.5]), "min", settings).values).toEqual([0.9, 0.3, 0.3]);
    expect(runningAggregate(runOf([0.8, undefined, 0.1]), "min", settings).values).toEqual([
      0.8,
      undefined,
      undefined,
    ]);
    expect(runningAggregate(runOf([0.5, 0.75], 0.5), "reasonflux", settings)).toEqual({
      values: [0.5, 0.5625],
      scale: 2,
    });
  });

  it("has no running value for a rule that lacks its term", () => {
    expect(runningAggregate(runOf([0.4]), "reasonflux", settings)).toEqual({ values: [undefined], scale: 1 });
  });

  it("shows ReasonFlux's score by default, and the mean where the trajectory has no reward", () => {
    const run = runOf([0.4]);
    expect(aggregateOf(undefined, run)).toBe("reasonflux");
    expect(aggregateOf(undefined, { ...run, protocol: "stepscope-prm" })).toBe("reasonflux");
    expect(aggregateOf(undefined, { ...run, protocol: "qwen2.5-math-prm" })).toBe("mean");
    expect(aggregateOf("min", { ...run, protocol: "qwen2.5-math-prm" })).toBe("min");
  });

  it("takes the threshold from the run, and has none before a model is loaded", () => {
    expect(modelThreshold({ ...runOf([0.4]), threshold: 0.2 }, idle("m"))).toBe(0.2);
    expect(modelThreshold(runOf([0.4]), idle("m"))).toBeUndefined();
  });
});
