import { describe, expect, it } from "vitest";
import { ghostView } from "./ghost.ts";
import { inspectRun } from "./inspection.ts";
import { finishRun, type Run } from "./runs.ts";
import { scoredRun } from "./testing/finished-run.ts";

const THRESHOLD = 0.5;

function runOf(texts: readonly string[], rewards: readonly number[]): Run {
  const scored = finishRun(
    { current: scoredRun(texts, rewards) },
    {
      steps: [],
      stepCount: texts.length,
      prompt: { text: "", ids: [], tokens: [] },
      timing: { forward: 1, tokens: 1, reused: 0, chunks: 1 },
    },
  );
  if (scored.current === undefined) {
    throw new Error("no run");
  }
  return scored.current;
}

const OLD = runOf(["Boxes hold 12 eggs and there are 7.", "That is 94 eggs.", "So 94."], [0.9, 0.3, 0.8]);

function viewOf(texts: readonly string[], rewards: readonly number[]) {
  const run = { ...runOf(texts, rewards), ghost: OLD };
  return ghostView(run, inspectRun(run, THRESHOLD));
}

describe("ghostView", () => {
  it("follows the first bad step through a split before it, and compares no half with the whole", () => {
    const view = viewOf(
      ["Boxes hold 12 eggs and", "there are 7.", "That is 94 eggs.", "So 94."],
      [0.92, 0.95, 0.35, 0.8],
    );
    expect(view).toMatchObject({ firstErrorBefore: 1, sameStepNow: 2, partsNow: [] });
    expect(view?.before).toEqual([undefined, undefined, 0.3, 0.8]);
    expect(view?.changes.slice(0, 2)).toEqual([undefined, undefined]);
    expect(view?.changes[2]).toBeCloseTo(0.05, 12);
  });

  it("compares a merged step with neither of the two", () => {
    const view = viewOf(["Boxes hold 12 eggs and there are 7. That is 94 eggs.", "So 94."], [0.3, 0.8]);
    expect(view?.before).toEqual([undefined, 0.8]);
    expect(view?.sameStepNow).toBeUndefined();
  });

  it("knows the halves of the first bad step", () => {
    const view = viewOf(
      ["Boxes hold 12 eggs and there are 7.", "That is", "94 eggs.", "So 94."],
      [0.9, 0.9, 0.2, 0.8],
    );
    expect(view).toMatchObject({ sameStepNow: undefined, partsNow: [1, 2] });
  });

  it("still compares a step whose text was edited", () => {
    const view = viewOf(["Boxes hold 12 eggs and there are 7.", "Quite another.", "So 94."], [0.9, 0.7, 0.8]);
    expect(view?.before).toEqual([0.9, 0.3, 0.8]);
    expect(view?.sameStepNow).toBeUndefined();
  });
});
