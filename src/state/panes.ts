/** How the room on the page is shared out. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

/** Panes that can have the whole page. */
export type Pane = "timeline" | "steps" | "detail";

/** Widths of side columns in CSS pixels, where the page is wide enough to have them. */
export interface Panes {
  readonly input: number;
  readonly detail: number;
  readonly maximised: Pane | undefined;
}

export const PANE_WIDTHS = {
  input: { default: 384, least: 280, most: 720 },
  detail: { default: 340, least: 260, most: 640 },
} as const;

export type Column = keyof typeof PANE_WIDTHS;

const DEFAULT_PANES: Panes = {
  input: PANE_WIDTHS.input.default,
  detail: PANE_WIDTHS.detail.default,
  maximised: undefined,
};

export function resizePane(state: Panes, column: Column, width: number): Panes {
  const { least, most } = PANE_WIDTHS[column];
  return { ...state, [column]: Math.round(Math.max(least, Math.min(most, width))) };
}

/** Gives a pane the whole page, or gives it back. */
export function toggleMaximised(state: Panes, pane: Pane): Panes {
  return { ...state, maximised: state.maximised === pane ? undefined : pane };
}

export const panesStore = createStore<Panes>()(() => DEFAULT_PANES);

export function usePanes<T>(select: (state: Panes) => T): T {
  return useStore(panesStore, select);
}
