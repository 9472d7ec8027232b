import { type RefObject, useEffect } from "react";
import type { Hit } from "../../core/find/match.ts";

/** How many frames a row may take to be drawn once its list has been scrolled to it. */
const MOST_FRAMES = 10;

/** Brings the text of a hit that one has gone to into view: its step may be taller than the list. */
export function useHitInView(list: RefObject<HTMLElement | null>, current: Hit | undefined): void {
  useEffect(() => {
    if (current?.span === undefined) {
      return;
    }
    let frame = 0;
    let left = MOST_FRAMES;
    const reveal = () => {
      const mark = list.current?.querySelector(`[data-step-index="${current.step}"] mark[data-hit=current]`);
      mark?.scrollIntoView({ block: "nearest" });
      left -= 1;
      if (mark === null && left > 0) {
        frame = requestAnimationFrame(reveal);
      }
    };
    frame = requestAnimationFrame(reveal);
    return () => cancelAnimationFrame(frame);
  }, [list, current]);
}
