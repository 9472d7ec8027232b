/** The gallery's entries once they are loaded, and whether they could be. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { StrategyId } from "../core/segment/index.ts";
import type { ScoredTrace } from "../core/trace.ts";

/** A chain with the scores a real model gave it, committed with the page. */
export interface GalleryEntry {
  readonly id: string;
  readonly title: string;
  /** In a word or two: "wrong", "right", "recovered"… */
  readonly kind: string;
  /** One line: what to look at. */
  readonly note: string;
  readonly problem: string;
  readonly chain: string;
  readonly strategy: StrategyId;
  readonly modelId: string;
  readonly scored: ScoredTrace;
}

export type GalleryState =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly entries: readonly GalleryEntry[] }
  | { readonly kind: "failed" };

export const galleryStore = createStore<GalleryState>()(() => ({ kind: "loading" }));

export function useGallery(): GalleryState {
  return useStore(galleryStore);
}
