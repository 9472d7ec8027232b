import type { NotScoredReason } from "../core/trace.ts";
import { formatCount } from "../ui/format-number.ts";

/** Why a step has no reward, in words. */
export function notScoredWords(reason: NotScoredReason, context: number | undefined): string {
  switch (reason) {
    case "beyond-context":
      return context === undefined
        ? "not scored: beyond the model's context"
        : `not scored: beyond the model's context of ${formatCount(context)} tokens`;
    case "stopped":
      return "not scored: stopped";
    case "failed":
      return "not scored: the run failed";
    case "pending":
      return "waiting";
  }
}
