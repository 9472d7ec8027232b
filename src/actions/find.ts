/** Looks for steps, goes from hit to hit, and comes back. */
import { type Found, nextHit } from "../core/find/match.ts";
import type { Trace } from "../core/trace.ts";
import type { Milliseconds } from "../core/units.ts";
import {
  askToFind,
  closeFind,
  findInRun,
  findStore,
  patternsToFind,
  putPattern,
  typeQuery,
} from "../state/find.ts";
import { foldsStore, openStep } from "../state/folds.ts";
import { panesStore } from "../state/panes.ts";
import { runsStore } from "../state/runs.ts";
import { viewStore } from "../state/view-state.ts";
import type { ActionContext } from "./context.ts";
import { track } from "./in-flight.ts";
import { inspectCurrent, readCurrent, select } from "./navigate.ts";
import { restorePanes } from "./panes.ts";

/** A pattern that takes longer on a chain of any length repeats itself without end. */
const LONGEST_SEARCH_MS: Milliseconds = 1000;

/** Whether there are steps on the screen to look through. */
export function canFind(): boolean {
  return viewStore.getState().cover === undefined && runsStore.getState().current !== undefined;
}

export function openFind(): void {
  if (canFind()) {
    const { selected } = viewStore.getState();
    const { opened } = foldsStore.getState();
    findStore.setState((state) => askToFind(state, { selected, opened }), true);
    // Hits are shown in the list.
    viewStore.setState({ stepsView: "list" });
    if (panesStore.getState().maximised !== "steps") {
      restorePanes();
    }
  }
}

/** @param query As it was typed. */
export function setQuery(ctx: ActionContext, query: string): void {
  findStore.setState((state) => typeQuery(state, query), true);
  findPatterns(ctx);
}

/** Goes to the next (1) or previous (-1) hit. */
export function moveHit(direction: 1 | -1): void {
  const found = foundInCurrent();
  const hit = found && nextHit(found, findStore.getState().current, direction);
  if (hit !== undefined) {
    findStore.setState({ current: hit });
    foldsStore.setState((folds) => openStep(folds, hit.step, true));
    select(hit.step, "find");
  }
}

/** @param comesBack To where one was before, unless the reader has chosen a step otherwise since. */
export function endFind(comesBack: boolean): void {
  const { before, isOpen } = findStore.getState();
  const { selected, selectedFrom } = viewStore.getState();
  const isOwn = selectedFrom === "find" || selected === before?.selected;
  const isBack = isOpen && comesBack && isOwn;
  findStore.setState((state) => closeFind(state, isBack), true);
  if (isBack && before !== undefined) {
    foldsStore.setState({ opened: before.opened });
    select(before.selected, "page");
  }
}

function foundInCurrent(): Found | undefined {
  const run = runsStore.getState().current;
  const inspection = inspectCurrent();
  const reading = readCurrent();
  if (run === undefined || inspection === undefined || reading === undefined) {
    return undefined;
  }
  const outcome = findInRun(findStore.getState(), run, inspection, reading);
  return outcome.kind === "found" ? outcome.found : undefined;
}

let search: AbortController | undefined;

/**
 * Looks for the regular expressions of the query in the steps on the screen. Each gets a thread of its own, which is
 * ended when another query is typed or when it takes too long.
 */
export function findPatterns(ctx: ActionContext): void {
  search?.abort();
  const trace = runsStore.getState().current?.trace;
  const state = findStore.getState();
  const patterns = trace === undefined || !state.isOpen ? [] : patternsToFind(state, trace);
  if (trace === undefined || patterns.length === 0) {
    return;
  }
  const controller = new AbortController();
  search = controller;
  for (const pattern of patterns) {
    track(findPattern(ctx, trace, pattern, controller.signal));
  }
}

async function findPattern(ctx: ActionContext, trace: Trace, pattern: string, superseded: AbortSignal) {
  const controller = new AbortController();
  const stop = () => controller.abort();
  superseded.addEventListener("abort", stop);
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Counted from where the thread has begun: starting one on a busy machine takes time, too.
  const emit = () => {
    timer = setTimeout(stop, LONGEST_SEARCH_MS);
  };
  try {
    const texts = trace.steps.map(({ text }) => text);
    const spans = await ctx.patterns.find({ pattern, texts }, { signal: controller.signal, emit });
    findStore.setState((state) => putPattern(state, trace, pattern, { kind: "found", spans }), true);
  } catch {
    if (!superseded.aborted) {
      findStore.setState((state) => putPattern(state, trace, pattern, { kind: "stopped" }), true);
    }
  } finally {
    clearTimeout(timer);
    superseded.removeEventListener("abort", stop);
  }
}
