import { UNIT_RANGE } from "../../../core/aggregate/aggregate.ts";
import { correctnessGroups } from "../../../state/distribution.ts";
import type { Counted, Grouping, Parted } from "./grouping.ts";
import { rewardRange } from "./reward-range.ts";

/** Chains with a right answer against those with a wrong one. */
export const correctness = {
  id: "correctness",
  label: "right against wrong",
  measures: ["steps", "scores"],
  part({ entries, measure, aggregate }: Counted): Parted {
    return {
      groups: correctnessGroups(entries, measure, aggregate),
      range: measure === "steps" ? rewardRange(entries) : UNIT_RANGE,
      remarks: [],
    };
  },
  emptyWords() {
    return "No scored chain is known to be right or wrong: enter the right answer, or bring it in a file.";
  },
} as const satisfies Grouping;
