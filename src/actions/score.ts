/** Scores what is in the fields. Waits for the model if it has to; stopping keeps what was scored. */
import { AppError, type ErrorCode, throwIfAborted, toWire } from "../core/errors.ts";
import type { ScoreProgress } from "../core/scorer.ts";
import { segmentTrace } from "../core/segment/index.ts";
import { editHistoryStore, endTyping } from "../state/edit-history.ts";
import { modelChoiceStore, modelKey } from "../state/model-choice.ts";
import {
  addScores,
  beginScoring,
  bringBack,
  failRun,
  finishRun,
  NO_RUN,
  type Run,
  runsStore,
  startRun,
  stopRun,
} from "../state/runs.ts";
import { leaveRun, viewStore } from "../state/view-state.ts";
import { missingField, refuseScore, sourceOf, workspaceStore } from "../state/workspace.ts";
import { writeHash } from "./address.ts";
import type { ActionContext } from "./context.ts";
import { createFrameBuffer } from "./frame-buffer.ts";
import { track } from "./in-flight.ts";
import { ensureModel, forgetModel, needsConsent } from "./load-model.ts";
import { selectVerdictStep } from "./navigate.ts";
import { putAside, runBeforeScoring, shelve } from "./shelf.ts";

/** After one of these the session is gone: the next Score loads the model again. */
export const LOSES_MODEL: readonly ErrorCode[] = [
  "worker-crashed",
  "device-lost",
  "out-of-memory",
  "internal",
];

/** Drawing a timeline this long takes a tenth of a second: once a second leaves the page to its reader. */
const MANY_STEPS = 200;
const MANY_STEPS_INTERVAL_MS = 1000;

let current: AbortController | undefined;

export function stopScoring(): void {
  current?.abort();
}

/**
 * Resolves when the run has ended, well or badly; what happened is in the stores.
 * @param isStepEdit See {@link startRun}.
 */
export async function score(ctx: ActionContext, isStepEdit = false): Promise<void> {
  // Undo comes back to what was scored.
  editHistoryStore.setState(endTyping, true);
  const source = sourceOf(workspaceStore.getState());
  const missing = missingField(source) ?? (needsConsent() ? "model" : undefined);
  if (missing !== undefined) {
    workspaceStore.setState((state) => refuseScore(state, missing), true);
    return;
  }
  const { problem, chain, steps } = segmentTrace(source);
  if (steps.length === 0) {
    workspaceStore.setState((state) => refuseScore(state, "chain"), true);
    return;
  }
  current?.abort();
  const controller = new AbortController();
  current = controller;
  const earlier = runBeforeScoring(source);
  runsStore.setState(
    (state) =>
      startRun(state, source, { problem, chain, steps }, modelKey(modelChoiceStore.getState()), isStepEdit),
    true,
  );
  viewStore.setState(leaveRun);
  writeHash();
  await track(run(ctx, controller.signal, { problem, steps: steps.map((step) => step.text) }, earlier));
}

async function run(
  ctx: ActionContext,
  signal: AbortSignal,
  request: { readonly problem: string; readonly steps: readonly string[] },
  earlier: Run | undefined,
): Promise<void> {
  // An aborted run may be followed at once by another; it must not write into that one.
  const isCurrent = () => current?.signal === signal;
  const buffer = createFrameBuffer<ScoreProgress>(
    (bursts) => {
      const last = bursts.at(-1);
      if (last !== undefined && isCurrent()) {
        const burst = { ...last, steps: bursts.flatMap((one) => one.steps) };
        runsStore.setState((state) => addScores(state, burst, performance.now()), true);
      }
    },
    request.steps.length > MANY_STEPS ? MANY_STEPS_INTERVAL_MS : 0,
  );
  try {
    const model = await unlessAborted(ensureModel(ctx), signal);
    if (isCurrent()) {
      runsStore.setState((state) => beginScoring(state, model), true);
    }
    const scored = await ctx.scorer.score(request, { signal, emit: buffer.push });
    buffer.flush();
    if (isCurrent()) {
      runsStore.setState((state) => bringBack(finishRun(state, scored), earlier), true);
      shelve(runsStore.getState().current);
      selectVerdictStep();
    }
  } catch (thrown) {
    buffer.flush();
    const error = AppError.from(thrown);
    if (isCurrent() && LOSES_MODEL.includes(error.code)) {
      forgetModel();
    }
    if (isCurrent()) {
      runsStore.setState(
        (state) =>
          error.code === "cancelled" ? bringBack(stopRun(state), earlier) : failRun(state, toWire(error)),
        true,
      );
      selectVerdictStep();
    }
  }
}

/** Waits for `work` but not longer than the signal allows; the work itself goes on. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  throwIfAborted(signal);
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new AppError("cancelled", "stopped"));
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (onAbort !== undefined) {
      signal.removeEventListener("abort", onAbort);
    }
  }
}

/** Stops the run under way and shuts it out: what it still scores belongs to a text no longer shown. */
export function abandonRun(): void {
  stopScoring();
  putAside(runsStore.getState().current);
  current = undefined;
}

/** Clears the result, not the text. */
export function clearRun(): void {
  abandonRun();
  runsStore.setState(NO_RUN, true);
  viewStore.setState(leaveRun);
  writeHash();
}
