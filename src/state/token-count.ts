/** How many tokens the model would read of the text in the fields. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { TokenCount } from "../core/scorer.ts";
import { isSameSource, type Source } from "./workspace.ts";

export interface CountedText {
  /** The text it was counted of. */
  readonly source: Source;
  readonly count: TokenCount;
}

/** Undefined while nothing was counted, or no model is there to count with. */
export interface TokenCounts {
  readonly counted: CountedText | undefined;
}

export const tokenCountStore = createStore<TokenCounts>()(() => ({ counted: undefined }));

/** Of this very text; undefined while that is not known. */
export function useTokenCount(source: Source): TokenCount | undefined {
  return useStore(tokenCountStore, ({ counted }) =>
    counted !== undefined && isSameSource(counted.source, source) ? counted.count : undefined,
  );
}
