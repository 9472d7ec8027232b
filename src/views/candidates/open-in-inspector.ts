import { openCandidate } from "../../actions/candidates.ts";
import type { StepIndex } from "../../core/units.ts";
import { revealMain } from "../reveal-main.ts";

/** Opens a candidate where it is seen: on a narrow page what was scrolled to is below it. */
export function openInInspector(place: number, step?: StepIndex): void {
  openCandidate(place, step);
  revealMain();
}
