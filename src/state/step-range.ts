/** The stretch of steps that was chosen to look at as one. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { StepRange } from "../core/step-range.ts";

interface ChosenRange {
  readonly range: StepRange | undefined;
}

export const stepRangeStore = createStore<ChosenRange>()(() => ({ range: undefined }));

export function useStepRange(): StepRange | undefined {
  return useStore(stepRangeStore, (state) => state.range);
}
