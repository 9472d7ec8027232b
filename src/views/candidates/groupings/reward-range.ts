import { UNIT_RANGE } from "../../../core/aggregate/aggregate.ts";
import type { Entry } from "../../../state/best-of.ts";
import { traitsOf } from "../../../state/inspection.ts";

/** The least and the greatest that a step reward of the model can be: one model's runs are shown at a time. */
export function rewardRange([first]: readonly Entry[]): readonly [number, number] {
  return first === undefined ? UNIT_RANGE : traitsOf(first.candidate.run).range;
}
