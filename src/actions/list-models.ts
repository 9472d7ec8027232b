/** Reads what is kept in this browser, which other tabs change as well. */
import { toWire } from "../core/errors.ts";
import { failContents, libraryStore, showContents } from "../state/library.ts";
import { modelChoiceStore } from "../state/model-choice.ts";
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
