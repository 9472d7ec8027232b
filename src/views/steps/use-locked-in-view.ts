import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { StepIndex } from "../../core/units.ts";
import { useView } from "../../state/view-state.ts";
import { isOneColumn } from "../reveal-main.ts";

/**
 * Follows a selection made elsewhere: to its row in the list, and to the list in the page. Never moves what is
 * under the reader's own pointer, nor a page that has just opened; and where the result is one column, the
 * page's own choice of a step does not scroll past the verdict.
 *
 * @param order The step of each row.
 */
export function useLockedInView(
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  order: readonly StepIndex[],
): void {
  const selected = useView((state) => state.selected);
  const origin = useView((state) => state.selectedFrom);
  const isOpening = useRef(true);
  useEffect(() => {
    const wasOpening = isOpening.current;
    isOpening.current = false;
    const place = selected === undefined ? -1 : order.indexOf(selected);
    if (place < 0 || origin === "list") {
      return;
    }
    virtualizer.scrollToIndex(place, { align: "auto" });
    if (!wasOpening && (origin !== "page" || !isOneColumn())) {
      // All of the list: a row alone would move the page with every key.
      virtualizer.scrollElement?.scrollIntoView({ block: "nearest" });
    }
  }, [selected, origin, order, virtualizer]);
}
