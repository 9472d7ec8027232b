import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { FindOutcome, FindState } from "../../state/find.ts";
import type { ListRow } from "../../state/folds.ts";

/** While a query is typed the list shows a hit: it moves to the first one where none is on the screen. */
export function useFirstHitInView(
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  rows: readonly ListRow[],
  { query, isOpen, current }: FindState,
  outcome: FindOutcome,
): void {
  const shown = useRef("");
  useEffect(() => {
    if (!isOpen) {
      shown.current = "";
    } else if (outcome.kind === "found" && query !== shown.current && current === undefined) {
      // Once a query: rewards that arrive change what is found, and must not move what is read.
      shown.current = query;
      const { spans } = outcome.found;
      const isHit = (row: ListRow | undefined) => row?.kind === "step" && spans.has(row.index);
      const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 0, endIndex: -1 };
      const first = rows.findIndex(isHit);
      if (first >= 0 && !rows.slice(startIndex, endIndex + 1).some(isHit)) {
        virtualizer.scrollToIndex(first, { align: "start" });
      }
    }
  }, [isOpen, query, current, outcome, rows, virtualizer]);
}
