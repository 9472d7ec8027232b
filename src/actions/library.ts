/** Adds, deletes and exports the models this browser keeps. */
import type { DtypeId } from "../core/dtypes.ts";
import { AppError, toWire } from "../core/errors.ts";
import type {
  AddProgress,
  AddRequest,
  FolderRequest,
  HubRequest,
  StoredModel,
} from "../core/model-library.ts";
import type { ProtocolId } from "../core/protocols/index.ts";
import { parseRepositoryAddress } from "../core/repository-address.ts";
import {
  advanceAddition,
  beginAddition,
  dismissFailure,
  endAddition,
  failContents,
  isAdding,
  libraryStore,
  tellDeleted,
} from "../state/library.ts";
import { modelChoiceStore } from "../state/model-choice.ts";
import { addWithinDevice } from "./add-within-device.ts";
import { chooseEmbedded } from "./choose-model.ts";
import type { ActionContext } from "./context.ts";
import { openCover } from "./cover.ts";
import { track } from "./in-flight.ts";
import { listModels, tellOtherTabs } from "./list-models.ts";
import { quietly } from "./quietly.ts";

let adding: AbortController | undefined;

/** Shows the models, as they are now. */
export function openModels(ctx: ActionContext): void {
  openCover("models");
  void listModels(ctx);
}

/** What is added next is read as this. @param protocol Absent: as what it tells of itself. */
export function chooseProtocol(protocol: ProtocolId | undefined): void {
  libraryStore.setState({ protocol });
}

/** What is added next is stored as this. */
export function chooseDtype(dtype: DtypeId): void {
  libraryStore.setState({ dtype });
}

/** A request as the page makes them: what it does not say is chosen in the page's menus. */
export type NewRequest = Omit<HubRequest, "dtype"> | Omit<FolderRequest, "dtype">;

/** Adds a model; the state says how it goes. One at a time. @returns Whether it was added. */
export async function addModel(ctx: ActionContext, request: NewRequest | AddRequest): Promise<boolean> {
  const { dtype, protocol } = libraryStore.getState();
  return await runAddition(ctx, { ...(protocol === undefined ? {} : { protocol }), dtype, ...request });
}

/** @throws AppError `bad-input` when what a person wrote names no repository. */
function readRequest(asked: AddRequest): AddRequest {
  return asked.from === "hub" ? { ...asked, ...parseRepositoryAddress(asked.repository) } : asked;
}

async function runAddition(ctx: ActionContext, asked: AddRequest): Promise<boolean> {
  if (isAdding(libraryStore.getState())) {
    return false;
  }
  let request: AddRequest;
  try {
    request = readRequest(asked);
  } catch (thrown) {
    libraryStore.setState((state) => endAddition(beginAddition(state, asked), toWire(thrown)), true);
    return false;
  }
  const controller = new AbortController();
  adding = controller;
  libraryStore.setState((state) => beginAddition(state, request), true);
  const call = {
    signal: controller.signal,
    emit: (progress: AddProgress) => libraryStore.setState((state) => advanceAddition(state, progress), true),
  };
  try {
    // Whatever frees storage by itself must not choose these files. Pages without TLS have no storage to ask.
    void navigator.storage?.persist().catch(() => false);
    await track(
      request.from === "hub" ? addWithinDevice(ctx, request, call) : ctx.library.add(request, call),
    );
    libraryStore.setState((state) => endAddition(state, "added"), true);
    return true;
  } catch (thrown) {
    const error = AppError.from(thrown);
    const how = error.code === "cancelled" ? "stopped" : toWire(error);
    libraryStore.setState((state) => endAddition(state, how), true);
    return false;
  } finally {
    await listModels(ctx);
    tellOtherTabs();
  }
}

/** Stops the addition under way; what was downloaded of a Hub repository is kept. */
export function stopAdding(): void {
  adding?.abort();
}

/** Takes the last failure off the page. */
export function dismissAddition(): void {
  libraryStore.setState(dismissFailure, true);
}

/** Deletes a model, or what is kept of one; when it is the one in use, the page goes back to its own. */
export async function removeModel(
  ctx: ActionContext,
  { key, name }: Pick<StoredModel, "key" | "name">,
): Promise<void> {
  if (modelChoiceStore.getState().stored === key) {
    chooseEmbedded(ctx);
  }
  try {
    await track(ctx.library.remove({ key }, quietly()));
  } catch (thrown) {
    libraryStore.setState((state) => failContents(state, toWire(thrown)), true);
    return;
  }
  libraryStore.setState((state) => tellDeleted(state, name), true);
  await listModels(ctx);
  tellOtherTabs();
}

/** Hands the person a model's folder as a zip archive. */
export async function exportModel(ctx: ActionContext, { key }: Pick<StoredModel, "key">): Promise<void> {
  try {
    const archive = await track(ctx.library.exportZip({ key }, quietly()));
    const url = URL.createObjectURL(archive);
    const link = document.createElement("a");
    link.href = url;
    link.download = `${key}.zip`;
    link.click();
    // The download has begun once the click returns, and the browser holds the blob from then on.
    setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER_MS);
  } catch (thrown) {
    libraryStore.setState((state) => failContents(state, toWire(thrown)), true);
  }
}

/** Safari reads a blob's URL some time after the click. */
const REVOKE_AFTER_MS = 60_000;
