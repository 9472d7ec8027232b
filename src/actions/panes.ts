import { type Column, type Pane, panesStore, resizePane, toggleMaximised } from "../state/panes.ts";

const KEY = "stepscope-panes";

export function maximise(pane: Pane): void {
  panesStore.setState((state) => toggleMaximised(state, pane), true);
}

/** Gives the page back to all panes. */
export function restorePanes(): void {
  panesStore.setState({ maximised: undefined });
}

/** Storage may be forbidden; the widths then last as long as the page. */
export function resize(column: Column, width: number): void {
  panesStore.setState((state) => resizePane(state, column, width), true);
  const { input, detail } = panesStore.getState();
  try {
    localStorage.setItem(KEY, JSON.stringify({ input, detail }));
  } catch {
    // Nothing to do: see above.
  }
}

/** What `resize` wrote: any of it may be missing or of any type. */
type Kept = { readonly [Name in Column]?: unknown };

function isKept(value: unknown): value is Kept {
  return typeof value === "object" && value !== null;
}

export function recallPanes(): void {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    for (const column of ["input", "detail"] as const) {
      const width = isKept(kept) ? kept[column] : undefined;
      if (typeof width === "number" && Number.isFinite(width)) {
        panesStore.setState((state) => resizePane(state, column, width), true);
      }
    }
  } catch {
    // Nothing to do: see above.
  }
}
