/** How a comparison is looked at. */
import { type CompareView, compareViewStore } from "../state/compare-view.ts";

export function changeCompareView(change: Partial<Omit<CompareView, "hovered">>): void {
  compareViewStore.setState(change);
}

/** @param hovered The row under the pointer, by its number in the alignment. */
export function hoverRow(hovered: number | undefined): void {
  compareViewStore.setState({ hovered });
}
