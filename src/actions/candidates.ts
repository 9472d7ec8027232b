/**
 * Scores many chains, one after the other. Those with common beginnings follow one another, so that the engine
 * computes what they share once. Stopping keeps what is scored.
 */
import { batchOrder } from "../core/batch-order.ts";
import type { ChainRecord } from "../core/chain-record.ts";
import { AppError, toWire } from "../core/errors.ts";
import type { LoadedModel, ScoreProgress, ScoreRequest } from "../core/scorer.ts";
import type { StepIndex } from "../core/units.ts";
import {
  beginCandidate,
  candidatesStore,
  changeRun,
  dropRecords,
  dropResults,
  editDraft,
  endBatch,
  isBatchUnderWay,
  reopenOthers,
  startBatch,
  takeRecords,
  unfinished,
} from "../state/candidates.ts";
import { modelChoiceStore, modelKey } from "../state/model-choice.ts";
import { pinnedStore } from "../state/pinned.ts";
import {
  addScores,
  beginScoring,
  failRun,
  finishRun,
  isUnderWay,
  type Runs,
  stopRun,
} from "../state/runs.ts";
import { refuseScore, workspaceStore } from "../state/workspace.ts";
import { showRun } from "./compare.ts";
import type { ActionContext } from "./context.ts";
import { openCover } from "./cover.ts";
import { createFrameBuffer } from "./frame-buffer.ts";
import { track } from "./in-flight.ts";
import { candidatesOf, recordsOf, showKeptResults } from "./list-candidates.ts";
import { ensureModel, forgetModel, needsConsent } from "./load-model.ts";
import { select } from "./navigate.ts";
import { LOSES_MODEL, unlessAborted } from "./score.ts";
import { forgetRuns, ownKeptRun, shelve } from "./shelf.ts";

let batch: AbortController | undefined;

/** Chains from a file, in place of what stands in the page's field. */
export function takeCandidates(records: readonly ChainRecord[]): void {
  takeList(records);
  openCover("candidates");
}

function takeList(records: readonly ChainRecord[]): void {
  const { taken, all } = candidatesStore.getState();
  // Of those that are there without results some may have been scored elsewhere since.
  if (taken !== records || all.length === 0) {
    leaveBatch();
    candidatesStore.setState((state) => takeRecords(state, records), true);
    showKeptResults();
  }
}

/** Scores all chains of a list as candidates, without going to their page. */
export async function scoreList(ctx: ActionContext, records: readonly ChainRecord[]): Promise<void> {
  takeList(records);
  await scoreCandidates(ctx);
}

/**
 * What was dropped or pasted while the page is open. A text that is no data goes into the field, where its
 * separators can be seen.
 */
export function takeOnPage(records: readonly ChainRecord[]): void {
  const [first] = records;
  if (records.length === 1 && typeof first?.chain === "string" && first.problem === "") {
    const text = first.chain;
    leaveBatch();
    candidatesStore.setState((state) => editDraft(dropRecords(state), { text }), true);
  } else {
    takeCandidates(records);
  }
}

/** Makes room for other candidates: what stands in the fields comes back. Scores are kept with their texts. */
export function putCandidatesAway(): void {
  leaveBatch();
  candidatesStore.setState(dropRecords, true);
}

/** Forgets what was said of all candidates, here and wherever else it is shown; the candidates stay. */
export function forgetScores(): void {
  leaveBatch();
  forgetRuns(candidatesStore.getState().all.map(({ run }) => run));
  candidatesStore.setState(dropResults, true);
}

/** Ends the batch under way; what is scored stays. */
export function stopCandidates(): void {
  batch?.abort();
}

/** Ends the batch under way and shuts it out: its candidates are about to go. */
function leaveBatch(): void {
  stopCandidates();
  batch = undefined;
}

/** Resolves when the batch has ended, well or badly; what happened is in the store. */
export async function scoreCandidates(ctx: ActionContext): Promise<void> {
  const { draft, taken, status } = candidatesStore.getState();
  const records = recordsOf(draft, taken);
  if (records.length === 0 || isBatchUnderWay({ status })) {
    return;
  }
  if (needsConsent()) {
    workspaceStore.setState((state) => refuseScore(state, "model"), true);
    return;
  }
  const key = modelKey(modelChoiceStore.getState());
  const candidates = candidatesOf(records, draft).map((candidate) => ({
    ...candidate,
    run: ownKeptRun(candidate.run.source) ?? candidate.run,
  }));
  if (candidates.length === 0) {
    return;
  }
  const controller = new AbortController();
  batch = controller;
  candidatesStore.setState((state) => startBatch(state, candidates), true);
  await track(runBatch(ctx, controller.signal, key));
}

async function runBatch(ctx: ActionContext, signal: AbortSignal, key: string): Promise<void> {
  // A batch whose candidates went must not write into what came in their place.
  const isCurrent = () => batch?.signal === signal;
  // Scores belong to the model they were asked of.
  const goesOn = () => isCurrent() && !signal.aborted && key === modelKey(modelChoiceStore.getState());
  try {
    const model = await unlessAborted(ensureModel(ctx), signal);
    if (isCurrent()) {
      const by = { modelKey: key, digest: model.digest };
      candidatesStore.setState((state) => reopenOthers(state, by), true);
    }
    const { all } = candidatesStore.getState();
    const open = unfinished(candidatesStore.getState());
    const requests = open.flatMap((index): ScoreRequest[] => {
      const trace = all[index]?.run.trace;
      return trace === undefined
        ? []
        : [{ problem: trace.problem, steps: trace.steps.map(({ text }) => text) }];
    });
    for (const place of batchOrder(requests)) {
      const [index, request] = [open[place], requests[place]];
      if (!goesOn() || index === undefined || request === undefined) {
        break;
      }
      await scoreOne(ctx, signal, { index, request, model, isCurrent });
    }
    if (isCurrent()) {
      const isWhole = goesOn() && unfinishedCount() === 0;
      candidatesStore.setState((state) => endBatch(state, isWhole ? "done" : "stopped"), true);
    }
  } catch (thrown) {
    const error = AppError.from(thrown);
    if (isCurrent()) {
      if (LOSES_MODEL.includes(error.code)) {
        forgetModel();
      }
      candidatesStore.setState(
        (state) =>
          error.code === "cancelled" ? endBatch(state, "stopped") : endBatch(state, "failed", toWire(error)),
        true,
      );
    }
  }
}

/** Failed ones count as finished with: they were tried. */
function unfinishedCount(): number {
  const state = candidatesStore.getState();
  return unfinished(state).filter((index) => state.all[index]?.run.status !== "failed").length;
}

interface Turn {
  readonly index: number;
  readonly request: ScoreRequest;
  readonly model: LoadedModel;
  readonly isCurrent: () => boolean;
}

/**
 * Scores one candidate. What is wrong with its text is its own failure, and the others go on.
 * @throws AppError what ends the batch: a lost device, a crash, a cancelled load.
 */
async function scoreOne(
  ctx: ActionContext,
  signal: AbortSignal,
  { index, request, model, isCurrent }: Turn,
): Promise<void> {
  const update = (change: (runs: Runs) => Runs) => {
    if (isCurrent()) {
      candidatesStore.setState(
        (state) => changeRun(state, index, (run) => change({ current: run }).current ?? run),
        true,
      );
    }
  };
  const buffer = createFrameBuffer<ScoreProgress>((bursts) => {
    const last = bursts.at(-1);
    if (last !== undefined) {
      const burst = { ...last, steps: bursts.flatMap(({ steps }) => steps) };
      update((runs) => addScores(runs, burst, performance.now()));
    }
  });
  candidatesStore.setState((state) => beginCandidate(state, index), true);
  update((runs) => beginScoring(runs, model));
  try {
    const scored = await ctx.scorer.score(request, { signal, emit: buffer.push });
    buffer.flush();
    update((runs) => finishRun(runs, scored));
    if (isCurrent()) {
      shelve(candidatesStore.getState().all[index]?.run);
    }
  } catch (thrown) {
    buffer.flush();
    const error = AppError.from(thrown);
    update((runs) => (error.code === "cancelled" ? stopRun(runs) : failRun(runs, toWire(error))));
    if (error.code !== "bad-input") {
      throw error;
    }
  }
}

/**
 * Shows a candidate in the inspector, with the scores it has; nothing is scored again.
 * @param step The step to select; absent: the worst.
 */
export function openCandidate(index: number, step?: StepIndex): void {
  const run = candidatesStore.getState().all[index]?.run;
  if (run !== undefined && !isUnderWay(run)) {
    showRun(run);
    if (step !== undefined) {
      select(step, "page");
    }
  }
}

/** Makes a candidate the reference of comparisons. */
export function pinCandidate(index: number): void {
  const run = candidatesStore.getState().all[index]?.run;
  if (run !== undefined && !isUnderWay(run)) {
    pinnedStore.setState({ run });
  }
}

/** Shows a candidate beside the one that is pinned. */
export function compareCandidate(index: number): void {
  openCandidate(index);
  openCover("compare");
}
