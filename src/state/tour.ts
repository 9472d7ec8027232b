/** Where the tour is. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

export interface Tour {
  /** 0-based; undefined while nobody takes it. */
  readonly card: number | undefined;
}

export const tourStore = createStore<Tour>()(() => ({ card: undefined }));

export function useTour<T>(select: (state: Tour) => T): T {
  return useStore(tourStore, select);
}
