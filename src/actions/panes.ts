import * as v from "valibot";
import { type Pane, panesStore, resizePane, type SizedPane, toggleMaximised } from "../state/panes.ts";

const KEY = "stepscope-panes";

export function maximise(pane: Pane): void {
  panesStore.setState((state) => toggleMaximised(state, pane), true);
}

/** Gives the page back to all panes. */
export function restorePanes(): void {
  panesStore.setState({ maximised: undefined });
}

/** @param size CSS pixels; drawn at once and not kept: a drag calls this with every move. Undefined: the usual one. */
export function resize(pane: SizedPane, size: number | undefined): void {
  panesStore.setState((state) => resizePane(state, pane, size), true);
}

/** Keeps the sizes for the next visit. Storage may be forbidden; they then last as long as the page. */
export function keepPanes(): void {
  const { input, detail, timeline } = panesStore.getState();
  try {
    localStorage.setItem(KEY, JSON.stringify({ input, detail, timeline }));
  } catch {
    // Nothing to do: see above.
  }
}

/** What `keepPanes` wrote; a size that is none is as good as not there. */
const Size = v.fallback(v.optional(v.pipe(v.number(), v.finite())), undefined);
const Kept = v.object({ input: Size, detail: Size, timeline: Size });

/** Takes up the sizes of the last visit. */
export function recallPanes(): void {
  try {
    const { success, output } = v.safeParse(Kept, JSON.parse(localStorage.getItem(KEY) ?? "{}"));
    for (const pane of ["input", "detail", "timeline"] as const) {
      resize(pane, success ? output[pane] : undefined);
    }
  } catch {
    // Nothing to do: see above.
  }
}
