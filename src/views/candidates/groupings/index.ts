/** The ways to part the numbers of the candidates in two, in the menu's order. */
import { correctness } from "./correctness.ts";
import type { Grouping } from "./grouping.ts";
import { lane } from "./lane.ts";
import { models } from "./models.ts";

export const GROUPINGS = [correctness, lane, models] as const satisfies readonly Grouping[];

/** @param id Undefined, or none of these: the first. */
export function groupingById(id: string | undefined): Grouping {
  return GROUPINGS.find((grouping) => grouping.id === id) ?? GROUPINGS[0];
}
