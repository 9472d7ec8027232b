/** How the response of a run follows from its thinking. Pure; views memoise it, nobody stores it. */
import { type Alignment, alignLanes } from "../core/alignment/align.ts";
import { type Fault, findFaults } from "../core/alignment/faults.ts";
import type { Trace } from "../core/trace.ts";
import type { Inspection } from "./inspection.ts";
import type { Reading } from "./reading.ts";

/** Why there is nothing to align. */
export type NotAligned = "no-thinking" | "no-response" | "too-long";

export function alignTrace({ steps }: Trace): Alignment | NotAligned {
  if (!steps.some(({ lane }) => lane === "thinking")) {
    return "no-thinking";
  }
  if (!steps.some(({ lane }) => lane === "response")) {
    return "no-response";
  }
  return alignLanes(steps) ?? "too-long";
}

export function faultsOf(
  alignment: Alignment,
  { steps }: Trace,
  { rewards, threshold }: Inspection,
  { tags }: Reading,
): readonly Fault[] {
  return findFaults(alignment, { steps, rewards, threshold, tags });
}
