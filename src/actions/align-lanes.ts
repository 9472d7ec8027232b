/** Aligns the thinking and the response of the run on the screen, where that is shown. */
import type { Trace } from "../core/trace.ts";
import { beginAlignment, endAlignment, isToAlign, lanesStore, NO_LANES } from "../state/lane-alignment.ts";
import { runsStore } from "../state/runs.ts";
import { viewStore } from "../state/view-state.ts";
import type { ActionContext } from "./context.ts";
import { track } from "./in-flight.ts";

let underWay: AbortController | undefined;

/** Begins to; call it once. The texts are read once for a chain: neither rewards nor the threshold change them. */
export function followLanes(ctx: ActionContext): void {
  const follow = () => alignShown(ctx);
  runsStore.subscribe(follow);
  viewStore.subscribe(follow);
}

/** After it failed. */
export function alignAgain(ctx: ActionContext): void {
  lanesStore.setState(NO_LANES, true);
  alignShown(ctx);
}

function alignShown(ctx: ActionContext): void {
  const trace = runsStore.getState().current?.trace;
  const isShown = viewStore.getState().stepsView === "ribbons";
  if (trace === undefined || !isShown || !isToAlign(lanesStore.getState(), trace)) {
    return;
  }
  underWay?.abort();
  const begun = beginAlignment(trace);
  lanesStore.setState(begun, true);
  if (begun.outcome.kind === "aligning") {
    underWay = new AbortController();
    track(align(ctx, trace, underWay.signal));
  }
}

async function align(ctx: ActionContext, trace: Trace, signal: AbortSignal): Promise<void> {
  try {
    const alignment = await ctx.lanes.align(trace.steps, { signal, emit: () => undefined });
    lanesStore.setState((state) => endAlignment(state, trace, { kind: "aligned", alignment }), true);
  } catch {
    // Superseded, the state is another trace's by now and stays.
    lanesStore.setState((state) => endAlignment(state, trace, { kind: "failed" }), true);
  }
}
