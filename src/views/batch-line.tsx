import { TriangleAlert } from "lucide-react";
import { tokensOf } from "../state/best-of.ts";
import { type Candidates, isBatchUnderWay, isOutdated, useCandidates } from "../state/candidates.ts";
import { useEngine } from "../state/engine-status.ts";
import { isOfOtherModel, type Run } from "../state/runs.ts";
import { formatCount, plural } from "../ui/format-number.ts";
import { Notice } from "../ui/notice.tsx";
import { ProgressBar } from "../ui/progress-bar.tsx";
import { describeError } from "./error-advice.ts";
import { useAsked } from "./use-asked.ts";

interface BatchProgress {
  readonly scored: number;
  readonly failed: number;
  /** Of the one under way. */
  readonly share: number;
}

function progressOf({ all, current }: Candidates): BatchProgress {
  const count = (status: Run["status"]) => all.filter(({ run }) => run.status === status).length;
  const progress = current === undefined ? undefined : all[current]?.run.progress;
  const share = progress === undefined ? 0 : progress.tokensDone / Math.max(1, progress.tokensTotal);
  return { scored: count("done"), failed: count("failed"), share };
}

function tokenWords({ all }: Candidates): string {
  const { computed, reused } = tokensOf(all);
  if (computed + reused === 0) {
    return "";
  }
  return reused === 0
    ? `${formatCount(computed)} tokens computed, none in common.`
    : `${formatCount(computed)} tokens computed, ${formatCount(reused)} of a common beginning reused.`;
}

function words(state: Candidates, isLoading: boolean): string {
  const { scored, failed } = progressOf(state);
  const of = `${formatCount(scored)} of ${plural(state.all.length, "candidate")}`;
  const but = failed === 0 ? "" : ` ${formatCount(failed)} could not be scored.`;
  switch (state.status) {
    case "waiting":
      return isLoading ? "Waiting for the model; scoring starts when it is ready." : "Starting.";
    case "running":
      return `Scoring: ${of} done.${but}`;
    case "stopped":
      return `Stopped: ${of} scored.${but} Score goes on with the rest.`;
    case "failed":
      return `Ended: ${of} scored.${but} Score goes on with the rest.`;
    case "kept":
      return `${of} scored before. Score goes on with the rest.`;
    case "done":
      return `${of} scored.${but}`;
    case "idle":
      return "";
  }
}

/** What has changed since the batch: what stands in the fields, or the model in use. */
function useStaleWords(state: Candidates): string | undefined {
  const asked = useAsked();
  if (isBatchUnderWay(state)) {
    return undefined;
  }
  if (isOutdated(state)) {
    return "These results belong to what stood in the fields before.";
  }
  return state.all.some(({ run }) => isOfOtherModel(run, asked))
    ? "These results belong to the model that was in use before."
    : undefined;
}

/** How far the batch is, or how it ended, and what common beginnings spared. */
export function BatchLine() {
  const state = useCandidates((candidates) => candidates);
  const isLoading = useEngine((engine) => engine.kind === "loading");
  const { scored, failed, share } = progressOf(state);
  const stale = useStaleWords(state);
  if (state.status === "idle") {
    return null;
  }
  return (
    <div role="status" className="flex flex-col gap-1.5">
      <p className="flex flex-wrap justify-between gap-x-4 text-xs text-ink-2">
        <span>
          {words(state, isLoading)}{" "}
          {stale !== undefined && <span className="font-medium text-ink">{stale}</span>}
        </span>
        <span className="text-ink-3" data-testid="reused-tokens">
          {tokenWords(state)}
        </span>
      </p>
      {state.status === "running" && (
        <ProgressBar label="Candidates scored" value={scored + failed + share} max={state.all.length} />
      )}
      {state.status === "failed" && state.error !== undefined && (
        <Notice tone="bad" role="alert" icon={<TriangleAlert aria-hidden className="size-4" />}>
          {describeError(state.error)}
        </Notice>
      )}
    </div>
  );
}
