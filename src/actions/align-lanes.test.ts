import { beforeEach, expect, it, vi } from "vitest";
import { type Alignment, type LaneAligner, laneAligner } from "../core/alignment/align.ts";
import { AppError } from "../core/errors.ts";
import type { Scorer } from "../core/scorer.ts";
import { segmentTrace } from "../core/segment/index.ts";
import type { Trace } from "../core/trace.ts";
import { alignmentOf, lanesStore, NO_LANES } from "../state/lane-alignment.ts";
import { addScores, NO_RUN, runsStore, startRun } from "../state/runs.ts";
import { INITIAL_VIEW, viewStore } from "../state/view-state.ts";
import { alignAgain, followLanes } from "./align-lanes.ts";
import type { ActionContext } from "./context.ts";
import { toggleRibbons } from "./read-chain.ts";
import { NO_INTAKE } from "./testing/no-intake.ts";
import { NO_PATTERNS } from "./testing/no-patterns.ts";
import { EMBEDDED, NO_LIBRARY } from "./testing/scoring.ts";

const SOURCE = { problem: "p", strategy: "blank-line", delimiter: "", own: [] } as const;
const SECOND = "<think>So 2 + 3 = 5.</think>\n\nIt is 5.";
const FIRST = "<think>So 4 * 6 = 24.\n\nAnd 24 + 1 = 25.</think>\n\nIt is 25.";

function show(chain: string): Trace {
  const source = { ...SOURCE, chain };
  const trace = segmentTrace(source);
  runsStore.setState((state) => startRun(state, source, trace, "m"), true);
  return trace;
}

const outcomeOf = (trace: Trace) => alignmentOf(lanesStore.getState(), trace);

const align = vi.fn<LaneAligner["align"]>();
const scorer: Scorer = {
  load: () => Promise.reject(new Error()),
  score: () => Promise.reject(new Error()),
  countTokens: () => Promise.reject(new Error()),
};
const ctx: ActionContext = {
  scorer,
  library: NO_LIBRARY,
  intake: NO_INTAKE,
  patterns: NO_PATTERNS,
  lanes: { align },
  embedded: EMBEDDED,
};
followLanes(ctx);

beforeEach(() => {
  runsStore.setState(NO_RUN, true);
  viewStore.setState(INITIAL_VIEW, true);
  lanesStore.setState(NO_LANES, true);
  align.mockReset().mockImplementation(laneAligner.align);
});

it("aligns a chain once, elsewhere, when its ribbons are looked at", async () => {
  const trace = show(FIRST);
  expect(align).not.toHaveBeenCalled();
  toggleRibbons();
  // Nothing of it has happened on the page's own thread.
  expect(outcomeOf(trace)).toEqual({ kind: "aligning" });
  await vi.waitFor(() => expect(outcomeOf(trace).kind).toBe("aligned"));

  // None of these changes what the texts say.
  viewStore.setState({ threshold: 0.3 });
  viewStore.setState({ threshold: 0.4 });
  const score = { index: 0, reward: 0.5, read: { tokens: [0, 1], positions: [], logits: [] } } as const;
  runsStore.setState((state) => addScores(state, { steps: [score], tokensDone: 1, tokensTotal: 2 }, 0));
  toggleRibbons();
  toggleRibbons();
  expect(align).toHaveBeenCalledTimes(1);
  expect(outcomeOf(trace).kind).toBe("aligned");
});

it("leaves a chain for the next one", async () => {
  const signals: AbortSignal[] = [];
  let finish: (alignment: Alignment) => void = () => undefined;
  align.mockImplementationOnce((_, { signal }) => {
    signals.push(signal);
    return new Promise((resolve) => {
      finish = resolve;
    });
  });
  const first = show(FIRST);
  toggleRibbons();
  const second = show(SECOND);
  expect(signals[0]?.aborted).toBe(true);
  expect(outcomeOf(second)).toEqual({ kind: "aligning" });
  await vi.waitFor(() => expect(outcomeOf(second).kind).toBe("aligned"));
  finish(
    await laneAligner.align(first.steps, { signal: new AbortController().signal, emit: () => undefined }),
  );
  await Promise.resolve();
  expect(outcomeOf(second)).toMatchObject({ alignment: { thoughts: [0], responses: [1] } });
});

it("says at once what cannot be aligned", () => {
  const trace = show("It is 5.");
  toggleRibbons();
  expect(outcomeOf(trace)).toEqual({ kind: "not-aligned", why: "no-thinking" });
  expect(align).not.toHaveBeenCalled();
});

it("tries again after the thread has stopped", async () => {
  align.mockRejectedValueOnce(new AppError("worker-crashed", "out of memory"));
  const trace = show(FIRST);
  toggleRibbons();
  await vi.waitFor(() => expect(outcomeOf(trace)).toEqual({ kind: "failed" }));
  alignAgain(ctx);
  await vi.waitFor(() => expect(outcomeOf(trace).kind).toBe("aligned"));
});
