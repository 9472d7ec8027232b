import { segmentTrace } from "../../core/segment/index.ts";
import type { ScoredTrace } from "../../core/trace.ts";
import { addScores, beginScoring, finishRun, NO_RUN, type Run, type Runs, startRun } from "../runs.ts";
import { EMPTY_WORKSPACE, type Source, sourceOf } from "../workspace.ts";

export function sourceWith(chain: string, change: Partial<Source> = {}): Source {
  return { ...sourceOf(EMPTY_WORKSPACE), problem: "p", chain, ...change };
}

/** A score of every step: 0.9, and 0.1 for the step that is named. */
export function scoresOf(stepCount: number, bad = -1): ScoredTrace {
  return {
    steps: Array.from({ length: stepCount }, (_, index) => ({
      index,
      reward: index === bad ? 0.1 : 0.9,
      hazards: [{ start: 0, end: 1, hazard: 0.5 }],
      read: { tokens: [index, index + 1] as const, positions: [index], logits: [[0.25, -1.5]] },
    })),
    stepCount,
    trajectoryReward: 0.5,
    prompt: { text: "prompt", ids: [1, 2], tokens: ["pro", "mpt"] },
    timing: { forward: 1, tokens: 2, reused: 0, chunks: 1 },
  };
}

/** A chain of these steps, under way, with a reward for each of the first ones. */
export function scoredRun(texts: readonly string[], rewards: readonly number[]): Run {
  const source = sourceWith(texts.join("\n\n"));
  const steps = rewards.map((reward, index) => ({
    index,
    reward,
    read: { tokens: [0, 1] as const, positions: [], logits: [] },
  }));
  const started = startRun(NO_RUN, source, segmentTrace(source), "stepscope-prm");
  return present(addScores(started, { steps, tokensDone: 1, tokensTotal: 1 }, 0));
}

/** @throws Error where there is none */
function present({ current }: Runs): Run {
  if (current === undefined) {
    throw new Error("no run");
  }
  return current;
}

/** A run that has ended well. @throws Error for a source without steps */
export function finishedRun(source: Source, modelKey = "m", bad = -1): Run {
  const { problem, chain, steps } = segmentTrace(source);
  const begun = beginScoring(startRun(NO_RUN, source, { problem, chain, steps }, modelKey), {
    protocol: "stepscope-prm",
    threshold: 0.25,
    dtype: "q4",
  });
  return present(finishRun(begun, scoresOf(steps.length, bad)));
}
