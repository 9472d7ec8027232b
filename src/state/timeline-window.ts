/** Which steps the timeline shows. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { fitWindow, isWhole, type StepWindow, wholeWindow } from "../core/step-window.ts";

export interface TimelineWindow {
  /** Absent: all of them. */
  readonly window: StepWindow | undefined;
}

/** The window in force on a chain of `count` steps. */
export function windowOf({ window }: TimelineWindow, count: number): StepWindow {
  return window === undefined ? wholeWindow(count) : fitWindow(window, count);
}

/** A window on everything is none: it grows with the chain. */
export function showWindow(window: StepWindow, count: number): TimelineWindow {
  return { window: isWhole(window, count) ? undefined : window };
}

export const timelineWindowStore = createStore<TimelineWindow>()(() => ({ window: undefined }));

export function useTimelineWindow(): TimelineWindow {
  return useStore(timelineWindowStore);
}
