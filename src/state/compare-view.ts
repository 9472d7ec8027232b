/** How a comparison is looked at. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { ChangeKind } from "../core/compare/changes.ts";

/** Rows in the order of the chains, or the largest change first. */
export type CompareOrder = "chain" | "change";

export interface CompareView {
  /** The row under the pointer, by its number in the alignment. */
  readonly hovered: number | undefined;
  /** Absent: every kind. */
  readonly kind: ChangeKind | undefined;
  readonly order: CompareOrder;
}

const INITIAL_COMPARE_VIEW: CompareView = { hovered: undefined, kind: undefined, order: "chain" };

export const compareViewStore = createStore<CompareView>()(() => INITIAL_COMPARE_VIEW);

export function useCompareView<T>(select: (state: CompareView) => T): T {
  return useStore(compareViewStore, select);
}
