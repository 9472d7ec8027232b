import * as v from "valibot";
import { type Column, type Pane, panesStore, resizePane, toggleMaximised } from "../state/panes.ts";

const KEY = "stepscope-panes";

export function maximise(pane: Pane): void {
  panesStore.setState((state) => toggleMaximised(state, pane), true);
}

/** Gives the page back to all panes. */
export function restorePanes(): void {
  panesStore.setState({ maximised: undefined });
}

/** @param width CSS pixels; drawn at once and not kept: a drag calls this with every move. */
export function resize(column: Column, width: number): void {
  panesStore.setState((state) => resizePane(state, column, width), true);
}

/** Keeps the widths for the next visit. Storage may be forbidden; they then last as long as the page. */
export function keepPanes(): void {
  const { input, detail } = panesStore.getState();
  try {
    localStorage.setItem(KEY, JSON.stringify({ input, detail }));
  } catch {
    // Nothing to do: see above.
  }
}

/** What `keepPanes` wrote; a width that is none is as good as not there. */
const Width = v.fallback(v.optional(v.pipe(v.number(), v.finite())), undefined);
const Kept = v.object({ input: Width, detail: Width });

/** Takes up the widths of the last visit. */
export function recallPanes(): void {
  try {
    const { success, output } = v.safeParse(Kept, JSON.parse(localStorage.getItem(KEY) ?? "{}"));
    for (const column of ["input", "detail"] as const) {
      const width = success ? output[column] : undefined;
      if (width !== undefined) {
        panesStore.setState((state) => resizePane(state, column, width), true);
      }
    }
  } catch {
    // Nothing to do: see above.
  }
}
