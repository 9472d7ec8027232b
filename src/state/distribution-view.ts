/** Which groups of the candidates' numbers are looked at; it outlasts the page, which one leaves to use another model. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Measure } from "./distribution.ts";

export interface DistributionView {
  /** Id of a grouping. Absent: the first. */
  readonly grouping: string | undefined;
  readonly measure: Measure;
  /** Id of a pair of the grouping. Absent, or of one that there is no more: the likeliest. */
  readonly pair: string | undefined;
}

const INITIAL_DISTRIBUTION_VIEW: DistributionView = {
  grouping: undefined,
  measure: "steps",
  pair: undefined,
};

export const distributionViewStore = createStore<DistributionView>()(() => INITIAL_DISTRIBUTION_VIEW);

export function useDistributionView(): DistributionView {
  return useStore(distributionViewStore);
}
