/** How the response of the run on the screen follows from its thinking, once that was asked for. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { type Alignment, type NotAligned, whyNotAligned } from "../core/alignment/align.ts";
import { type Fault, findFaults } from "../core/alignment/faults.ts";
import type { Trace } from "../core/trace.ts";
import type { Inspection } from "./inspection.ts";
import type { Reading } from "./reading.ts";

export type LaneAlignment =
  | { readonly kind: "aligning" }
  | { readonly kind: "aligned"; readonly alignment: Alignment }
  | { readonly kind: "not-aligned"; readonly why: NotAligned }
  /** The thread that was at it ended without a result. */
  | { readonly kind: "failed" };

export interface Lanes {
  /** The steps that `outcome` is about: of other steps nothing is known. */
  readonly trace: Trace | undefined;
  readonly outcome: LaneAlignment;
}

export const NO_LANES: Lanes = { trace: undefined, outcome: { kind: "aligning" } };

/** Whether somebody still has to align these steps. */
export function isToAlign({ trace: known }: Lanes, trace: Trace): boolean {
  return known !== trace;
}

/** What is known of these steps at once; `aligning` where their texts have to be read. */
export function beginAlignment(trace: Trace): Lanes {
  const why = whyNotAligned(trace.steps);
  return { trace, outcome: why === undefined ? { kind: "aligning" } : { kind: "not-aligned", why } };
}

/** Keeps what became of it, unless other steps have taken the place of these. */
export function endAlignment(state: Lanes, trace: Trace, outcome: LaneAlignment): Lanes {
  return state.trace === trace ? { trace, outcome } : state;
}

/** What is known of these steps. */
export function alignmentOf(state: Lanes, trace: Trace): LaneAlignment {
  return state.trace === trace ? state.outcome : NO_LANES.outcome;
}

export function faultsOf(
  alignment: Alignment,
  { rewards, threshold }: Inspection,
  { tags }: Reading,
): readonly Fault[] {
  return findFaults(alignment, { rewards, threshold, tags });
}

export const lanesStore = createStore<Lanes>()(() => NO_LANES);

export function useLanes<T>(select: (state: Lanes) => T): T {
  return useStore(lanesStore, select);
}
