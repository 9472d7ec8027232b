/** Reads what is kept in this browser, which other tabs change as well. */
import { toWire } from "../core/errors.ts";
import { failContents, libraryStore, showContents } from "../state/library.ts";
import { EMBEDDED_MODEL, modelChoiceStore } from "../state/model-choice.ts";
import { pinnedStore } from "../state/pinned.ts";
import { runsStore } from "../state/runs.ts";
import { shelfStore } from "../state/shelf.ts";
import type { ActionContext } from "./context.ts";
import { track } from "./in-flight.ts";
import { quietly } from "./quietly.ts";

/** The last list that was asked for. */
let turn: Promise<void> = Promise.resolve();

/**
 * Reads again what is kept. The state says when that fails. One after the other: a list also clears away what an
 * addition that failed has left, and whoever adds that again waits for it here.
 */
export function listModels(ctx: ActionContext): Promise<void> {
  turn = turn.then(() => readList(ctx));
  return track(turn);
}

async function readList(ctx: ActionContext): Promise<void> {
  try {
    const contents = await ctx.library.list(null, quietly());
    libraryStore.setState((state) => showContents(state, contents), true);
  } catch (thrown) {
    libraryStore.setState((state) => failContents(state, toWire(thrown)), true);
  }
}

/** The same, unless nothing on this page depends on it. */
async function listAgain(ctx: ActionContext): Promise<void> {
  if (libraryStore.getState().contents !== undefined || modelChoiceStore.getState().stored !== undefined) {
    await listModels(ctx);
  }
}

/** Whether something is there whose model only the list can name. */
function hasUnnamed(): boolean {
  const { id, stored } = modelChoiceStore.getState();
  const named = [EMBEDDED_MODEL, stored === undefined ? id : undefined];
  const runs = [...shelfStore.getState().places.values()].flat();
  const shown = [runsStore.getState().current, pinnedStore.getState().run];
  return [...runs, ...shown].some((run) => run !== undefined && !named.includes(run.modelKey));
}

/** Reads the list, once, where runs of other models are there, which go by their keys until it is read. */
export function followNames(ctx: ActionContext): void {
  let isAsked = false;
  const look = () => {
    if (!isAsked && libraryStore.getState().contents === undefined && hasUnnamed()) {
      isAsked = true;
      void listModels(ctx);
    }
  };
  for (const runs of [shelfStore, runsStore, pinnedStore]) {
    runs.subscribe(look);
  }
}

const CHANNEL = "stepscope-models";
let channel: BroadcastChannel | undefined;

/** To be called after every change of what is kept. */
export function tellOtherTabs(): void {
  channel?.postMessage(null);
}

/** Follows what other tabs change: when they say so, and when this one is looked at again. */
export function followOtherTabs(ctx: ActionContext): void {
  channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener("message", () => void listAgain(ctx));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") {
      void listAgain(ctx);
    }
  });
}
