/** Loads the model and keeps the engine's status. One load at a time; a second call joins the first. */
import { AppError, throwIfAborted, toWire } from "../core/errors.ts";
import type { LoadedModel, LoadProgress, ModelRef } from "../core/scorer.ts";
import {
  advanceLoading,
  engineStore,
  failLoading,
  finishLoading,
  idle,
  startLoading,
} from "../state/engine-status.ts";
import { isHubModel, modelChoiceStore, modelKey } from "../state/model-choice.ts";
import { workspaceStore } from "../state/workspace.ts";
import type { ActionContext } from "./context.ts";
import { track } from "./in-flight.ts";
import { listModels } from "./list-models.ts";
import { loadFastest, rememberChoice } from "./load-fastest.ts";

interface Load {
  /** Of the model it loads. */
  readonly key: string;
  readonly done: Promise<LoadedModel>;
  readonly controller: AbortController;
}

let current: Load | undefined;

/** The Hub repository a click has named. */
let consented: string | undefined;

/**
 * Loads the chosen model, or joins its load under way; the load of another one is cancelled.
 * @throws AppError whatever the scorer's `load` throws; the status says the same.
 */
function loadModel(ctx: ActionContext): Promise<LoadedModel> {
  const model = modelChoiceStore.getState();
  const key = modelKey(model);
  if (current?.key !== key) {
    cancelLoad();
  }
  if (current === undefined || current.controller.signal.aborted) {
    const controller = new AbortController();
    // A load that was cancelled takes until its next pause to end: the new one waits for it, never joins it.
    const before = current?.done.catch(() => undefined) ?? Promise.resolve();
    const done = track(before.then(() => runLoad(ctx, model, controller.signal)));
    const load: Load = { key, controller, done };
    current = load;
    const forget = () => {
      current = current === load ? undefined : current;
    };
    load.done.then(forget, forget);
  }
  return current.done;
}

async function runLoad(ctx: ActionContext, model: ModelRef, signal: AbortSignal): Promise<LoadedModel> {
  throwIfAborted(signal);
  engineStore.setState((state) => startLoading(state, model.id), true);
  workspaceStore.setState((state) => ({ missing: state.missing === "model" ? undefined : state.missing }));
  try {
    const watched = {
      signal,
      emit: (progress: LoadProgress) =>
        engineStore.setState((state) => advanceLoading(state, progress), true),
    };
    // A device that was asked for by name is not held against others.
    const loaded = await (ctx.device === undefined
      ? loadFastest(ctx.scorer, { model }, modelKey(model), watched)
      : ctx.scorer.load({ model, device: ctx.device }, watched));
    engineStore.setState((state) => finishLoading(state, loaded), true);
    return loaded;
  } catch (thrown) {
    const error = AppError.from(thrown);
    if (model.stored !== undefined && error.code !== "cancelled") {
      // It may have been deleted.
      void listModels(ctx);
    }
    engineStore.setState(
      (state) => (error.code === "cancelled" ? idle(state.modelId) : failLoading(state, toWire(error))),
      true,
    );
    throw error;
  }
}

export function cancelLoad(): void {
  current?.controller.abort();
}

/** Loads the chosen model again, another way. @param way Absent: the fastest exact one. */
export async function changeWay(ctx: ActionContext, way: string | undefined): Promise<void> {
  rememberChoice(modelKey(modelChoiceStore.getState()), way);
  cancelLoad();
  await requestLoad(ctx);
}

/** For buttons and for the start: the status carries the error, so nobody needs the promise. */
export async function requestLoad(ctx: ActionContext): Promise<void> {
  consented = modelKey(modelChoiceStore.getState());
  try {
    await loadModel(ctx);
  } catch {
    // The status says what happened, in words.
  }
}

/** The model to score with: the one that is ready, or the one that a load brings. */
export async function ensureModel(ctx: ActionContext): Promise<LoadedModel> {
  const status = engineStore.getState();
  return status.kind === "ready" ? status.model : loadModel(ctx);
}

/** After these the engine holds no usable session, whatever the status said. */
export function forgetModel(): void {
  engineStore.setState((state) => idle(state.modelId), true);
}

/** A repository on the Hub that no click has named yet. */
export function needsConsent(): boolean {
  const model = modelChoiceStore.getState();
  return isHubModel(model) && consented !== modelKey(model);
}
