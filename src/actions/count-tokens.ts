/** Keeps count of the tokens of what is typed, for as long as a model is loaded to count with. */
import { segmentTrace } from "../core/segment/index.ts";
import type { Milliseconds } from "../core/units.ts";
import { engineStore } from "../state/engine-status.ts";
import { tokenCountStore } from "../state/token-count.ts";
import { isSameSource, sourceOf, workspaceStore } from "../state/workspace.ts";
import type { ActionContext } from "./context.ts";

/** After the last letter. */
const QUIET: Milliseconds = 300;

/** Begins to; call it once. */
export function watchTokens(ctx: ActionContext): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void count(ctx), QUIET);
  };
  workspaceStore.subscribe(later);
  engineStore.subscribe((engine, before) => {
    if (engine.kind !== before.kind) {
      tokenCountStore.setState({ counted: undefined });
      later();
    }
  });
}

async function count(ctx: ActionContext): Promise<void> {
  const source = sourceOf(workspaceStore.getState());
  const { counted } = tokenCountStore.getState();
  if (counted !== undefined && isSameSource(counted.source, source)) {
    return;
  }
  const { problem, steps } = segmentTrace(source);
  if (engineStore.getState().kind !== "ready" || steps.length === 0) {
    return;
  }
  try {
    const tokens = await ctx.scorer.countTokens(
      { problem, steps: steps.map(({ text }) => text) },
      { signal: new AbortController().signal, emit: () => undefined },
    );
    tokenCountStore.setState({ counted: { source, count: tokens } });
  } catch {
    // A text that cannot be counted is scored with the same fault, and that is told.
    tokenCountStore.setState({ counted: undefined });
  }
}
