import { Ghost, GitCompareArrows, X } from "lucide-react";
import { compareWithBefore } from "../actions/compare.ts";
import { forgetGhost } from "../actions/edit-steps.ts";
import type { GhostView } from "../state/ghost.ts";
import type { Inspection } from "../state/inspection.ts";
import { isUnderWay, type Run } from "../state/runs.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { ghostSentence } from "./ghost-words.ts";

interface GhostLineProps {
  readonly run: Run;
  readonly ghost: GhostView;
  readonly inspection: Inspection;
}

export function GhostLine({ run, ghost, inspection }: GhostLineProps) {
  return (
    <p data-testid="ghost-line" className="flex items-center gap-1.5 text-sm text-ink-2">
      <Ghost aria-hidden className="size-3.5 shrink-0 text-ink-3" />
      <span className="min-w-0">
        <span className="font-medium">Compared with before.</span>{" "}
        {ghostSentence(ghost, inspection.firstError, isUnderWay(run))}
      </span>
      <IconButton
        label="Compare with the version before"
        title="Compare with before, side by side"
        icon={<GitCompareArrows aria-hidden className="size-3.5" />}
        disabled={isUnderWay(run)}
        onClick={compareWithBefore}
        className="disabled:opacity-40"
      />
      <IconButton
        label="Forget the version before"
        title="Takes the curve of the version before away"
        icon={<X aria-hidden className="size-3" />}
        onClick={forgetGhost}
      />
    </p>
  );
}
