/** The gallery's cards once they are loaded, and whether they could be. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { StepRewards } from "../core/verdict.ts";

/** What a card shows of a scored chain; opening it is an action's work. */
export interface GalleryCard {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly note: string;
  /** The threshold of the model that scored it. */
  readonly threshold: number;
  /** Of its step rewards. */
  readonly range: readonly [low: number, high: number];
  readonly rewards: StepRewards;
}

export type GalleryState =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly cards: readonly GalleryCard[] }
  | { readonly kind: "failed" };

export const galleryStore = createStore<GalleryState>()(() => ({ kind: "loading" }));

export function useGallery(): GalleryState {
  return useStore(galleryStore);
}
