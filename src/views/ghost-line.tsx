import { Ghost, GitCompareArrows, X } from "lucide-react";
import { compareWithBefore } from "../actions/compare.ts";
import { forgetGhost } from "../actions/edit-steps.ts";
import type { GhostView } from "../state/ghost.ts";
import type { Inspection } from "../state/inspection.ts";
import { isUnderWay, type Run } from "../state/runs.ts";
import { formatDelta, isVisibleDelta } from "../ui/format-number.ts";
import { IconButton } from "../ui/icon-button.tsx";

interface GhostLineProps {
  readonly run: Run;
  readonly ghost: GhostView;
  readonly inspection: Inspection;
}

function stepName(index: number): string {
  return index < 0 ? "none" : String(index + 1);
}

/** What the edit did: the first bad step before and after it, and the step that changed most. */
function changeSentence(run: Run, { firstErrorBefore, changes }: GhostView, inspection: Inspection): string {
  const now = inspection.firstError;
  const known = isUnderWay(run) && now < 0 ? "…" : stepName(now);
  const first =
    firstErrorBefore === now
      ? `First bad step unchanged: ${stepName(now)}`
      : `First bad step ${stepName(firstErrorBefore)} → ${known}`;
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

export function GhostLine({ run, ghost, inspection }: GhostLineProps) {
  return (
    <p data-testid="ghost-line" className="flex items-center gap-1.5 text-sm text-ink-2">
      <Ghost aria-hidden className="size-3.5 shrink-0 text-ink-3" />
      <span className="min-w-0">
        <span className="font-medium">After the edit.</span> {changeSentence(run, ghost, inspection)}
      </span>
      <IconButton
        label="Compare with the chain before the edit"
        title="Compare with before, side by side"
        icon={<GitCompareArrows aria-hidden className="size-3.5" />}
        disabled={isUnderWay(run)}
        onClick={compareWithBefore}
        className="disabled:opacity-40"
      />
      <IconButton
        label="Forget the chain before the edit"
        title="Takes the curve of before the edit away"
        icon={<X aria-hidden className="size-3" />}
        onClick={forgetGhost}
      />
    </p>
  );
}
