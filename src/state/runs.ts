/** The run on the screen: a trace and what a model has said about its steps so far. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { WireError } from "../core/errors.ts";
import type { LoadedModel, ScoreProgress } from "../core/scorer.ts";
import type { NotScoredReason, PromptView, ScoredTrace, StepScore, Trace } from "../core/trace.ts";
import type { Milliseconds, Probability, StepIndex } from "../core/units.ts";
import { isOfSameModel, isScoredBy, type ScoredBy } from "./model-identity.ts";
import { type Example, isOtherText, isSameSource, type Source } from "./workspace.ts";

/** `waiting`: asked for, but the model is not loaded yet. */
export type RunStatus = "waiting" | "running" | "done" | "stopped" | "failed";

export interface RunProgress {
  readonly tokensDone: number;
  readonly tokensTotal: number;
  /** Where and when counting began, so that reused tokens do not count as speed. */
  readonly firstDone: number;
  readonly firstAt: Milliseconds;
  readonly at: Milliseconds;
}

export interface Run extends ScoredBy {
  /** The exact text that was scored: rows show this, whatever the fields hold now. */
  readonly source: Source;
  readonly trace: Trace;
  /** The gallery chain whose committed scores these are; absent for a run made here. */
  readonly example: Example | undefined;
  /** See `variantOf`; `undefined` until the model is loaded, and for committed scores. */
  readonly variant: string | undefined;
  /** How the model is read; `undefined` until the model is loaded. */
  readonly protocol: string | undefined;
  /** The model's own threshold; `undefined` until the model is loaded. */
  readonly threshold: Probability | undefined;
  /** What the model's step rewards mean, where that needs saying. */
  readonly note: string | undefined;
  readonly status: RunStatus;
  /** By step index; `undefined` where there is no reward. */
  readonly scores: readonly (StepScore | undefined)[];
  readonly notScored: ScoredTrace["notScored"];
  readonly trajectoryReward: Probability | undefined;
  readonly prompt: PromptView | undefined;
  readonly timing: ScoredTrace["timing"] | undefined;
  readonly progress: RunProgress | undefined;
  readonly error: WireError | undefined;
  /** The run of the text before it was edited into this one, by the same model; it has no ghost of its own. */
  readonly ghost: Run | undefined;
  /** Set when it is on the screen again because scoring the same text anew was stopped. */
  readonly isBack?: true;
}

export interface Runs {
  readonly current: Run | undefined;
}

/** What can make one model's numbers others: its dtype, and the way it is run where that is not exact. */
export function variantOf({ dtype, way }: Partial<Pick<LoadedModel, "dtype" | "way">>): string | undefined {
  return way?.isExact === false ? `${dtype}, ${way.id}` : dtype;
}

export const NO_RUN: Runs = { current: undefined };

/** Places scores by index, keeping those already there. */
function placeScores(
  scores: readonly (StepScore | undefined)[],
  arrived: readonly StepScore[],
): readonly (StepScore | undefined)[] {
  const placed = [...scores];
  for (const score of arrived) {
    placed[score.index] = score;
  }
  return placed;
}

/** Shows a gallery chain with its committed scores. */
export function showExample(
  source: Source,
  trace: Trace,
  scored: ScoredTrace,
  of: { readonly example: Example } & Pick<LoadedModel, "protocol" | "threshold"> & Pick<Run, "modelKey">,
): Runs {
  return {
    current: {
      source,
      trace,
      example: of.example,
      modelKey: of.modelKey,
      digest: undefined,
      variant: undefined,
      protocol: of.protocol,
      threshold: of.threshold,
      note: undefined,
      status: "done",
      scores: placeScores(noScores(trace), scored.steps),
      notScored: scored.notScored,
      trajectoryReward: scored.trajectoryReward,
      prompt: scored.prompt,
      timing: scored.timing,
      progress: undefined,
      error: undefined,
      ghost: undefined,
    },
  };
}

function noScores(trace: Trace): readonly undefined[] {
  return trace.steps.map(() => undefined);
}

/** The last finished run, when the text is an edit of its text; it stands behind the new curve. */
function ghostFor(
  last: Run | undefined,
  source: Source,
  asked: ScoredBy,
  isStepEdit: boolean,
): Run | undefined {
  const before = last?.status === "done" ? last : last?.ghost;
  return before === undefined ||
    !isScoredBy(before, asked) ||
    before.source.problem !== source.problem ||
    isSameSource(before.source, source) ||
    (!isStepEdit && isOtherText(before.source.chain, source.chain))
    ? undefined
    : { ...before, ghost: undefined };
}

/** What is known of the steps up to the first that differs: later ones do not count for a causal model. */
function sharedScores(last: Run | undefined, trace: Trace): readonly (StepScore | undefined)[] {
  const steps = last?.trace.steps ?? [];
  const first = trace.steps.findIndex((step, index) => {
    const before = steps[index];
    return before?.text !== step.text || before.lane !== step.lane;
  });
  const shared = first < 0 ? trace.steps.length : first;
  return trace.steps.map((_, index) => (index < shared ? last?.scores[index] : undefined));
}

/**
 * Begins a run; goes on from the scores of an earlier, unfinished run of the same text and model, and from those of
 * an earlier version of the text as far as the two are the same.
 *
 * @param isStepEdit The text is that of the last run with a step edited, however much of it that was.
 */
export function startRun(
  state: Runs,
  source: Source,
  trace: Trace,
  modelKey: string,
  isStepEdit = false,
): Runs {
  const last = state.current;
  const goesOn =
    last !== undefined &&
    last.example === undefined &&
    (last.status === "stopped" || last.status === "failed") &&
    last.modelKey === modelKey &&
    isSameSource(last.source, source);
  const ghost = goesOn ? last.ghost : ghostFor(last, source, { modelKey, digest: undefined }, isStepEdit);
  return {
    current: {
      source,
      trace,
      example: undefined,
      modelKey,
      // Of the scores that are there; another model's go once it is known which one scores.
      digest: goesOn ? last.digest : ghost?.digest,
      variant: goesOn ? last.variant : ghost?.variant,
      protocol: goesOn ? last.protocol : ghost?.protocol,
      threshold: goesOn ? last.threshold : ghost?.threshold,
      note: goesOn ? last.note : ghost?.note,
      status: "waiting",
      scores: goesOn ? last.scores : sharedScores(ghost, trace),
      notScored: undefined,
      trajectoryReward: undefined,
      prompt: undefined,
      timing: undefined,
      progress: undefined,
      error: undefined,
      ghost,
    },
  };
}

/**
 * A run that was kept: it is on the screen as it was, behind it the run that it takes the place of.
 * @param isStepEdit Whether its steps are an edit of those of that run.
 */
export function showKept({ current }: Runs, run: Run, isStepEdit: boolean): Runs {
  return { current: { ...run, ghost: ghostFor(current, run.source, run, isStepEdit) } };
}

/**
 * Scoring a text anew was stopped: the scores that it had before are there again. What another model has scored of it
 * by then stays, to go on from.
 * @param earlier The finished run of before, if there was one.
 */
export function bringBack(state: Runs, earlier: Run | undefined): Runs {
  const stopped = state.current;
  const isWorthMore =
    stopped?.status === "stopped" &&
    earlier !== undefined &&
    (isOfSameModel(earlier, stopped) || stopped.scores.every((score) => score === undefined));
  return isWorthMore ? { current: { ...earlier, isBack: true } } : state;
}

/** Takes the ghost away. */
export function dropGhost(state: Runs): Runs {
  return updateCurrent(state, (run) => ({ ...run, ghost: undefined }));
}

function updateCurrent(state: Runs, update: (run: Run) => Run): Runs {
  return state.current === undefined ? state : { current: update(state.current) };
}

/**
 * The model is ready and the first forward pass is under way. What other weights of the same key have scored before is
 * nothing to go on from.
 */
export function beginScoring(
  state: Runs,
  model: Pick<LoadedModel, "protocol" | "threshold" | "note"> &
    Partial<Pick<LoadedModel, "dtype" | "way" | "digest">>,
): Runs {
  const { protocol, threshold, note, digest } = model;
  const variant = variantOf(model);
  return updateCurrent(state, (run) => {
    const { modelKey, ghost } = run;
    const asked = { modelKey, digest };
    const goesOn = isScoredBy({ modelKey, digest: run.digest, example: ghost?.example }, asked);
    return {
      ...run,
      digest,
      variant,
      protocol,
      threshold,
      note,
      status: "running",
      scores: goesOn ? run.scores : noScores(run.trace),
      ghost: ghost !== undefined && isScoredBy(ghost, asked) ? ghost : undefined,
    };
  });
}

/** Adds a burst of scores; `at` is when it arrived. */
export function addScores(state: Runs, burst: ScoreProgress, at: Milliseconds): Runs {
  return updateCurrent(state, (run) => {
    const { tokensDone, tokensTotal } = burst;
    const began = run.progress ?? { firstDone: tokensDone, firstAt: at };
    return {
      ...run,
      scores: burst.steps.length > 0 ? placeScores(run.scores, burst.steps) : run.scores,
      progress: { tokensDone, tokensTotal, firstDone: began.firstDone, firstAt: began.firstAt, at },
    };
  });
}

/** Ends a run with the scorer's result, which holds what was scored even when the run was stopped. */
export function finishRun(state: Runs, scored: ScoredTrace): Runs {
  return updateCurrent(state, (run) => {
    const scores = placeScores(run.scores, scored.steps);
    return {
      ...run,
      status: scored.notScored?.reason === "stopped" ? "stopped" : "done",
      scores,
      notScored: scored.notScored,
      trajectoryReward: scored.trajectoryReward,
      prompt: scored.prompt,
      timing: scored.timing,
    };
  });
}

export function stopRun(state: Runs): Runs {
  return updateCurrent(state, (run) => ({ ...run, status: "stopped" }));
}

export function failRun(state: Runs, error: WireError): Runs {
  return updateCurrent(state, (run) => ({ ...run, status: "failed", error }));
}

/** Scored as far as its model can: neither stopped nor failed. */
export function isFinished({ status, notScored }: Run): boolean {
  return status === "done" && notScored?.reason !== "stopped";
}

/** Not finished, but with a reward that would be lost with it. */
export function isPartlyScored(run: Run): boolean {
  return !isFinished(run) && run.scores.some((score) => score !== undefined);
}

/** Why a step of this run has no reward. */
export function notScoredReason(run: Run, index: StepIndex): NotScoredReason {
  if (run.status === "waiting" || run.status === "running") {
    return "pending";
  }
  if (run.status === "failed") {
    return "failed";
  }
  if (run.notScored !== undefined && index >= run.notScored.from) {
    return run.notScored.reason;
  }
  return "stopped";
}

/** Whether its numbers are those of another model than the one that is asked for. */
export function isOfOtherModel(run: Run, asked: ScoredBy): boolean {
  const isOther = run.modelKey !== asked.modelKey;
  const hasScores = !isUnderWay(run) && run.scores.some((score) => score !== undefined);
  return isOther || (hasScores && !isScoredBy(run, asked));
}

export function isUnderWay(run: Run | undefined): boolean {
  return run?.status === "waiting" || run?.status === "running";
}

export const runsStore = createStore<Runs>()(() => NO_RUN);

export function useRun<T>(select: (run: Run | undefined) => T): T {
  return useStore(runsStore, (state) => select(state.current));
}
