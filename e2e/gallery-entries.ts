import { readFileSync } from "node:fs";
import type { GalleryEntry } from "../src/gallery/index.ts";

const FILE = new URL("../src/gallery/scored/gallery.json", import.meta.url);

/** The examples as they are committed, with the rewards the embedded model gave them in Node. */
export const GALLERY = JSON.parse(readFileSync(FILE, "utf8")) as readonly GalleryEntry[];

export function galleryEntry(id: string): GalleryEntry {
  const entry = GALLERY.find((one) => one.id === id);
  if (entry === undefined) {
    throw new Error(`the gallery has no chain "${id}"`);
  }
  return entry;
}

export function storedRewards({ scored }: GalleryEntry): readonly number[] {
  return scored.steps.map((step) => step.reward);
}
