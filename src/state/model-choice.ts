/** The model the page scores with, or will once it is loaded. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { LibraryContents } from "../core/model-library.ts";
import type { ModelRef } from "../core/scorer.ts";

/** The model that comes with the page: a folder under `models/`. */
export const EMBEDDED_MODEL = "stepscope-prm";
/** What it is called where its manifest has not been read. */
export const EMBEDDED_NAME = "Stepscope PRM 135M";

/** A repository on the Hub is someone else's server: it is loaded only by a click that names it. */
export function isHubModel({ location, stored }: ModelRef): boolean {
  return location === undefined && stored === undefined;
}

/** Whether it is the model that comes with the page. */
export function isEmbedded({ id, stored }: ModelRef): boolean {
  return id === EMBEDDED_MODEL && stored === undefined;
}

/** Whether a model of this browser's storage was deleted, here or in another tab; not known before that is listed. */
export function isDeleted({ stored }: ModelRef, contents: LibraryContents | undefined): boolean {
  return stored !== undefined && contents !== undefined && !contents.models.some(({ key }) => key === stored);
}

/** Tells models apart that share a repository, by where their files are. */
export function modelKey({ id, stored }: ModelRef): string {
  return stored ?? id;
}

export const modelChoiceStore = createStore<ModelRef>()(() => ({ id: EMBEDDED_MODEL }));

export function useModelChoice<T>(select: (state: ModelRef) => T): T {
  return useStore(modelChoiceStore, select);
}
