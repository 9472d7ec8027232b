import { History } from "lucide-react";
import { select } from "../actions/navigate.ts";
import { score } from "../actions/score.ts";
import type { Inspection } from "../state/inspection.ts";
import { isUnderWay, type Run } from "../state/runs.ts";
import { isSameSource, useWorkspace } from "../state/workspace.ts";
import { Button } from "../ui/button.tsx";
import { formatCount } from "../ui/format-number.ts";
import { Notice } from "../ui/notice.tsx";
import { Slider } from "../ui/slider.tsx";
import { useActionContext } from "./action-context.ts";
import { formatThreshold, verdictSentence } from "./verdict-words.ts";

interface VerdictPanelProps {
  readonly run: Run;
  readonly inspection: Inspection;
  readonly ownThreshold: number;
  readonly onThreshold: (threshold: number | undefined) => void;
}

const THRESHOLD_STEP = 0.01;

function verdictText(run: Run, { scoredCount, rewards, threshold }: Inspection): string {
  if (run.status === "waiting") {
    return "Waiting for the model.";
  }
  return run.status === "running" && scoredCount === 0
    ? "Scoring the first steps."
    : verdictSentence(rewards, threshold);
}

export function VerdictPanel({ run, inspection, ownThreshold, onThreshold }: VerdictPanelProps) {
  const { firstError, scoredCount, bad, worst, threshold } = inspection;
  const target = firstError >= 0 ? firstError : worst;
  const text = verdictText(run, inspection);
  const isLive = isUnderWay(run);
  return (
    <section aria-label="Verdict" className="flex min-w-0 flex-col gap-2.5 px-5 py-3">
      <StaleNotice run={run} />
      <div aria-live={isLive ? "off" : "polite"}>
        <button
          type="button"
          data-testid="verdict"
          data-first-error={scoredCount > 0 ? firstError : undefined}
          disabled={target === undefined}
          onClick={() => target !== undefined && select(target, "verdict")}
          className="text-left text-[22px] leading-[30px] font-semibold tracking-[-0.015em] text-pretty underline decoration-transparent underline-offset-4 hover:enabled:decoration-line-strong"
        >
          {text}
        </button>
      </div>
      <p className="text-sm text-ink-2">
        {bad.length > 1 ? `${formatCount(bad.length)} steps are below the threshold. ` : ""}
        {run.example === undefined
          ? ""
          : "Scored beforehand by the embedded model; Score runs it again here."}
        {run.note}
      </p>
      <div className="mt-auto flex flex-wrap items-center gap-x-4 gap-y-1">
        <Slider
          label="Bad below"
          className="w-full max-w-80"
          value={threshold}
          min={0}
          max={1}
          step={THRESHOLD_STEP}
          onChange={onThreshold}
          format={formatThreshold}
        />
        {threshold !== ownThreshold && (
          <Button kind="link" className="text-xs" onClick={() => onThreshold(undefined)}>
            Back to the model’s {formatThreshold(ownThreshold)}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Says that the fields and the results have parted, and offers to join them. */
function StaleNotice({ run }: { readonly run: Run }) {
  const ctx = useActionContext();
  const isStale = useWorkspace((workspace) => !isSameSource(workspace, run.source));
  if (!isStale || isUnderWay(run)) {
    return null;
  }
  return (
    <Notice
      icon={<History aria-hidden className="size-4" />}
      action={
        <Button className="h-7 text-xs" onClick={() => score(ctx)}>
          Score again
        </Button>
      }
    >
      These results belong to the earlier text.
    </Notice>
  );
}
