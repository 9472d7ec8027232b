/** How the room on the page is shared out. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

/** Panes that can have the whole page. */
export type Pane = "timeline" | "steps" | "detail";

/** Sizes in CSS pixels, where the page is wide enough for its panes to stand side by side. */
export interface Panes {
  /** Width of the input. */
  readonly input: number;
  /** Width of the step detail. */
  readonly detail: number;
  /** Height of the timeline's chart; undefined for what suits the screen. */
  readonly timeline: number | undefined;
  readonly maximised: Pane | undefined;
}

export const PANE_SIZES = {
  input: { default: 384, least: 280, most: 720 },
  detail: { default: 340, least: 260, most: 640 },
  timeline: { default: undefined, least: 120, most: 560 },
} as const;

export type SizedPane = keyof typeof PANE_SIZES;

const DEFAULT_PANES: Panes = {
  input: PANE_SIZES.input.default,
  detail: PANE_SIZES.detail.default,
  timeline: PANE_SIZES.timeline.default,
  maximised: undefined,
};

/** @param size Undefined: what it was before anybody chose one. */
export function resizePane(state: Panes, pane: SizedPane, size: number | undefined): Panes {
  const { least, most, default: usual } = PANE_SIZES[pane];
  return {
    ...state,
    [pane]: size === undefined ? usual : Math.round(Math.max(least, Math.min(most, size))),
  };
}

/** Gives a pane the whole page, or gives it back. */
export function toggleMaximised(state: Panes, pane: Pane): Panes {
  return { ...state, maximised: state.maximised === pane ? undefined : pane };
}

export const panesStore = createStore<Panes>()(() => DEFAULT_PANES);

export function usePanes<T>(select: (state: Panes) => T): T {
  return useStore(panesStore, select);
}
