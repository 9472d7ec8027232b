import type { CharOffset } from "../units.ts";

/** A stretch of text, half-open, in UTF-16 offsets. */
export interface Range {
  readonly start: CharOffset;
  readonly end: CharOffset;
}

/** What a strategy may be told. */
export interface SegmentOptions {
  /** Literal text between two steps; only the `delimiter` strategy reads it. */
  readonly delimiter: string;
}

/** One way to cut a text into steps. */
export interface SegmentationStrategy {
  /** The file's name; stable, stored in settings. */
  readonly id: string;
  /** For menus, a few words. */
  readonly label: string;
  /** For people, one sentence: where it cuts. */
  readonly description: string;
  /**
   * The steps' places in `text`: increasing, never overlapping, trimmed of white space, none empty.
   * Never throws; linear in the length of the text.
   */
  pieces(text: string, options: SegmentOptions): Range[];
}
