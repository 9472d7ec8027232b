/** Whether the steps are played through, and how fast. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

/** Times as fast as the slowest. */
export const SPEEDS = [1, 2, 4] as const;

export interface Playback {
  readonly isPlaying: boolean;
  readonly speed: (typeof SPEEDS)[number];
}

export function nextSpeed({ speed }: Playback): Playback["speed"] {
  return SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? SPEEDS[0];
}

export const playbackStore = createStore<Playback>()(() => ({ isPlaying: false, speed: SPEEDS[0] }));

export function usePlayback<T>(select: (state: Playback) => T): T {
  return useStore(playbackStore, select);
}
