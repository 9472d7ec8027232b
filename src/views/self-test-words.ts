import type { LoadedModel } from "../core/scorer.ts";
import { formatSmall } from "../ui/format-number.ts";

/** How far the rewards of a known chain were from their references on this device, and how far they may be. */
export function selfTestWords({ maxDelta, tolerance }: LoadedModel["selfTest"]): string {
  return `The model scored a known chain on this device. Largest difference to the reference: ${formatSmall(maxDelta)}; allowed: ${tolerance}.`;
}
