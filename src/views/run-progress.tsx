import { TriangleAlert } from "lucide-react";
import { type EngineStatus, useEngine } from "../state/engine-status.ts";
import { type Run, type RunProgress, useRun } from "../state/runs.ts";
import { formatCount, formatDuration } from "../ui/format-number.ts";
import { FROZEN_MARK, useFrozen } from "../ui/frozen.ts";
import { Notice } from "../ui/notice.tsx";
import { ProgressBar } from "../ui/progress-bar.tsx";
import { describeError } from "./error-advice.ts";
import { useStale } from "./use-stale.ts";

const MS_PER_S = 1000;

/** Tokens a second since the first event, or undefined while there is nothing to divide. */
function speedOf({ tokensDone, firstDone, firstAt, at }: RunProgress): number | undefined {
  const elapsed = at - firstAt;
  const computed = tokensDone - firstDone;
  return elapsed > 0 && computed > 0 ? (computed / elapsed) * MS_PER_S : undefined;
}

function Running({ progress }: { readonly progress: RunProgress | undefined }) {
  const isFrozen = useFrozen();
  if (progress === undefined) {
    return <p className="text-xs text-ink-2">Scoring</p>;
  }
  const { tokensDone, tokensTotal } = progress;
  const speed = speedOf(progress);
  const left = speed === undefined ? undefined : ((tokensTotal - tokensDone) / speed) * MS_PER_S;
  return (
    <>
      <p className="flex flex-wrap justify-between gap-x-3 text-xs text-ink-2">
        <span>
          {formatCount(tokensDone)} of {formatCount(tokensTotal)} tokens
        </span>
        <span className="text-ink-3">
          {isFrozen || speed === undefined ? FROZEN_MARK : formatCount(speed)} tokens/s,{" "}
          {isFrozen || left === undefined ? FROZEN_MARK : formatDuration(left)} left
        </span>
      </p>
      <ProgressBar label="Tokens scored" value={tokensDone} max={tokensTotal} />
    </>
  );
}

function waitingWords(engine: EngineStatus): string {
  return engine.kind === "loading" ? "Waiting for the model; scoring starts when it is ready." : "Starting.";
}

/** @param isStale Whether the text or the model is another by now. */
function line(run: Run, engine: EngineStatus, isStale: boolean) {
  switch (run.status) {
    case "waiting":
      return <p className="text-xs text-ink-2">{waitingWords(engine)}</p>;
    case "running":
      return <Running progress={run.progress} />;
    case "stopped":
      return isStale ? null : <p className="text-xs text-ink-2">Stopped. Score goes on from here.</p>;
    case "failed":
      return run.error && engine.kind !== "failed" ? (
        <Notice tone="bad" role="alert" icon={<TriangleAlert aria-hidden className="size-4" />}>
          {describeError(run.error)}
        </Notice>
      ) : null;
    case "done":
      return null;
  }
}

/**
 * Under the Score button: how far the run is, or how it ended. Where the fields above fill the column, its line and
 * bar have their place while there is nothing to say, too: the button that starts a run must not move away from under the pointer.
 */
export function RunProgressLine() {
  const run = useRun((current) => current);
  const engine = useEngine((state) => state);
  const isStale = useStale(run) !== undefined;
  return (
    <div role="status" className="flex flex-col gap-1.5 empty:max-xl:hidden xl:-my-1 xl:min-h-6.5">
      {run && line(run, engine, isStale)}
    </div>
  );
}
