/**
 * The gallery: chains with the rewards the embedded model really gave them, written by
 * `scripts/gallery.mjs`. Read as text so that the compiler need not infer a type from megabytes.
 */
import type { StrategyId } from "../core/segment/index.ts";
import type { ScoredTrace } from "../core/trace.ts";
import scored from "./scored/gallery.json?raw";

/** A chain with the scores a real model gave it, committed with the page. */
export interface GalleryEntry {
  readonly id: string;
  readonly title: string;
  /** In a word or two: "wrong arithmetic", "right", "recovered"… */
  readonly kind: string;
  /** One line: what to look at. */
  readonly note: string;
  readonly problem: string;
  readonly chain: string;
  readonly strategy: StrategyId;
  readonly modelId: string;
  /** The id of the protocol it was read by. */
  readonly protocol: string;
  /** The model's own threshold when it was scored. */
  readonly threshold: number;
  readonly scored: ScoredTrace;
}

// The file is generated and committed with this code; actions/gallery.test.ts checks every entry.
export const GALLERY = JSON.parse(scored) as readonly GalleryEntry[];
