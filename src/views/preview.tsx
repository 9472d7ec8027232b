import { useDeferredValue, useMemo } from "react";
import { segmentTrace } from "../core/segment/index.ts";
import { inspectRun } from "../state/inspection.ts";
import { readRun, readText } from "../state/reading.ts";
import type { Run } from "../state/runs.ts";
import { sourceOf, useWorkspace } from "../state/workspace.ts";
import { plural } from "../ui/format-number.ts";
import { StepList } from "./steps/step-list.tsx";

/** Before the first score: the steps as they will be scored, so that a bad cut is seen in time. */
export function Preview() {
  const problem = useWorkspace((state) => state.problem);
  const chain = useWorkspace((state) => state.chain);
  const strategy = useWorkspace((state) => state.strategy);
  const delimiter = useWorkspace((state) => state.delimiter);
  const own = useWorkspace((state) => state.own);
  const source = useDeferredValue(
    useMemo(
      () => sourceOf({ problem, chain, strategy, delimiter, own }),
      [problem, chain, strategy, delimiter, own],
    ),
  );
  const run = useMemo<Run>(() => {
    const trace = segmentTrace(source);
    return {
      source,
      trace,
      example: undefined,
      modelKey: "",
      digest: undefined,
      variant: undefined,
      protocol: undefined,
      threshold: undefined,
      note: undefined,
      status: "waiting",
      scores: trace.steps.map(() => undefined),
      notScored: undefined,
      trajectoryReward: undefined,
      prompt: undefined,
      timing: undefined,
      progress: undefined,
      error: undefined,
      ghost: undefined,
    };
  }, [source]);
  const inspection = useMemo(() => inspectRun(run, undefined), [run]);
  const reading = useMemo(() => readRun(run, inspection, readText(run.trace)), [run, inspection]);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-col gap-1 border-b border-line px-5 py-4">
        <h2 className="text-xl leading-7 font-semibold tracking-[-0.015em]">
          {plural(run.trace.steps.length, "step")}, not scored yet
        </h2>
        <p className="text-sm text-ink-2">
          This is how the chain will be cut. Press Score when it looks right.
        </p>
      </div>
      <StepList run={run} inspection={inspection} reading={reading} context={undefined} />
    </div>
  );
}
