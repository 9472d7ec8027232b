/** How fast each way of running a model is on this device, as measured once, and which one a person chose. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

export interface WayMemory {
  /** Tokens a second by a way's id; those that failed are not there. */
  readonly speeds: Readonly<Record<string, number>>;
  /** Chosen by a person; absent: the fastest exact one. */
  readonly chosen?: string;
}

/** By the model's key. */
export type RunWays = Readonly<Record<string, WayMemory>>;

/** The way with the highest speed; `undefined` when none was measured. */
export function fastest(speeds: WayMemory["speeds"]): string | undefined {
  return Object.entries(speeds).sort(([, a], [, b]) => b - a)[0]?.[0];
}

export function rememberSpeeds(state: RunWays, key: string, speeds: WayMemory["speeds"]): RunWays {
  return { ...state, [key]: { ...state[key], speeds: { ...state[key]?.speeds, ...speeds } } };
}

/** @param chosen Absent: the fastest exact one again. */
export function chooseWay(state: RunWays, key: string, chosen: string | undefined): RunWays {
  const speeds = state[key]?.speeds ?? {};
  return { ...state, [key]: chosen === undefined ? { speeds } : { speeds, chosen } };
}

export const runWaysStore = createStore<RunWays>()(() => ({}));

export function useRunWays<T>(select: (state: RunWays) => T): T {
  return useStore(runWaysStore, select);
}
