/**
 * The gallery: chains with the rewards the embedded model really gave them, written by
 * `scripts/score-gallery.ts`. Read as text so that the compiler need not infer a type from megabytes.
 */
import type { GalleryEntry } from "../state/gallery.ts";
import scored from "./scored/gallery.json?raw";

// The file is generated and committed with this code; gallery.test.ts checks every entry against the type.
export const GALLERY = JSON.parse(scored) as readonly GalleryEntry[];
