import type { GhostView } from "../state/ghost.ts";
import { formatDelta, isVisibleDelta } from "../ui/format-number.ts";

function stepName(index: number): string {
  return index < 0 ? "none" : String(index + 1);
}

/** What became of the first bad step. Its number alone may change because steps came or went before it. */
function firstBadWords(
  { firstErrorBefore: before, sameStepNow, partsNow }: GhostView,
  now: number,
  isRunning: boolean,
): string {
  if (isRunning && now < 0) {
    return before < 0
      ? "There was no bad step; scoring goes on"
      : `First bad step was ${stepName(before)}; scoring goes on`;
  }
  if (partsNow.includes(now)) {
    return `First bad step is step ${stepName(now)}, a part of what was step ${stepName(before)}`;
  }
  if (before === now) {
    return `First bad step unchanged: ${stepName(now)}`;
  }
  if (now >= 0 && now === sameStepNow) {
    return `First bad step is the same, now step ${stepName(now)}`;
  }
  const renumbered =
    sameStepNow === undefined || sameStepNow === before ? "" : ` (now ${stepName(sameStepNow)})`;
  return `First bad step ${stepName(before)}${renumbered} → ${stepName(now)}`;
}

/** What an edit, or taking one back, did: the first bad step before and after it, and the step that changed most. */
export function ghostSentence(ghost: GhostView, firstError: number, isRunning: boolean): string {
  const { changes } = ghost;
  const first = firstBadWords(ghost, firstError, isRunning);
  let most: number | undefined;
  for (const [index, change] of changes.entries()) {
    if (change !== undefined && (most === undefined || Math.abs(change) > Math.abs(changes[most] ?? 0))) {
      most = index;
    }
  }
  const largest = most === undefined ? undefined : changes[most];
  return most === undefined || largest === undefined || !isVisibleDelta(largest)
    ? `${first}.`
    : `${first}; step ${most + 1} changed most, ${formatDelta(largest)}.`;
}
