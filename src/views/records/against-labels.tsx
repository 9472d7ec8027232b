import { useDeferredValue, useMemo } from "react";
import { changeView } from "../../actions/navigate.ts";
import type { ChainRecord } from "../../core/chain-record.ts";
import { bestThreshold, firstErrorAccuracy, type Share } from "../../core/first-error-accuracy.ts";
import { useView } from "../../state/view-state.ts";
import { Button } from "../../ui/button.tsx";
import { formatCount, formatProbability, plural } from "../../ui/format-number.ts";
import { useAsked } from "../use-asked.ts";
import { judgedList } from "./list-verdicts.ts";
import type { RunOf } from "./use-record-runs.ts";

const MEASURE =
  "As ProcessBench counts (arXiv 2412.06559): a wrong chain is found where the first step below the threshold is the step its source names; F1 is the harmonic mean of both shares";

interface AgainstLabelsProps {
  readonly records: readonly ChainRecord[];
  readonly runOf: RunOf;
}

/** How well the model in use finds the first errors of the list; nothing before it has scored a labelled chain. */
export function AgainstLabels({ records, runOf: now }: AgainstLabelsProps) {
  const asked = useAsked();
  // A batch under way adds to it all the time; typing into the filter goes first.
  const runOf = useDeferredValue(now);
  const {
    chains,
    labelledCount,
    threshold: own,
  } = useMemo(() => judgedList(records, runOf, asked), [records, runOf, asked]);
  const threshold = useView((state) => state.threshold) ?? own;
  const accuracy = useMemo(
    () => (threshold === undefined ? undefined : firstErrorAccuracy(chains, threshold)),
    [chains, threshold],
  );
  const best = useMemo(() => bestThreshold(chains), [chains]);
  if (chains.length === 0 || accuracy === undefined || threshold === undefined) {
    return null;
  }
  const { erroneous, correct, f1 } = accuracy;
  const isBest = best !== undefined && f1 !== undefined && f1 >= best.f1;
  return (
    <p className="mt-2 text-sm text-ink-2" data-testid="against-labels" title={MEASURE}>
      Against the labels, below {formatProbability(threshold)}:{" "}
      {erroneous.total > 0 && <>first error found in {shareWords(erroneous, "wrong chain")}</>}
      {erroneous.total > 0 && correct.total > 0 && ", "}
      {correct.total > 0 && <>none found in {shareWords(correct, "right one")}</>}
      {f1 !== undefined && (
        <>
          , F1 <strong className="font-semibold text-ink">{formatProbability(f1)}</strong>
        </>
      )}
      .{" "}
      {best !== undefined && !isBest && (
        <>
          Best for these would be {formatProbability(best.f1)},{" "}
          <Button kind="link" onClick={() => changeView({ threshold: best.threshold })}>
            below {formatProbability(best.threshold)}
          </Button>
          .{" "}
        </>
      )}
      {chains.length < labelledCount && (
        <>
          {formatCount(chains.length)} of {plural(labelledCount, "labelled chain")} scored.
        </>
      )}
    </p>
  );
}

function shareWords({ hits, total }: Share, noun: string) {
  return (
    <>
      <strong className="font-semibold text-ink">{formatCount(hits)}</strong> of {plural(total, noun)}
    </>
  );
}
