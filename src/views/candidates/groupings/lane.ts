import { laneGroups } from "../../../state/distribution.ts";
import type { Counted, Grouping, Parted } from "./grouping.ts";
import { rewardRange } from "./reward-range.ts";

/** Steps before the answer is begun against those of the answer. */
export const lane = {
  id: "lane",
  label: "thinking against response",
  measures: ["steps"],
  part({ entries }: Counted): Parted {
    const groups = laneGroups(entries.map(({ candidate }) => candidate.run));
    return { groups, range: rewardRange(entries), remarks: [] };
  },
  emptyWords() {
    return "No step is scored yet.";
  },
} as const satisfies Grouping;
