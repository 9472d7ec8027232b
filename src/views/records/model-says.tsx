import { EqualNot } from "lucide-react";
import type { ChainRecord } from "../../core/chain-record.ts";
import { differsFromSource } from "../../core/source-verdict.ts";
import { traitsOf } from "../../state/inspection.ts";
import { isScoredBy } from "../../state/model-identity.ts";
import type { Run } from "../../state/runs.ts";
import { useView } from "../../state/view-state.ts";
import { classNames } from "../../ui/class-names.ts";
import { MiniBars } from "../../ui/mini-bars.tsx";
import { useAsked } from "../use-asked.ts";
import { firstBad } from "./list-verdicts.ts";

const BARS_HEIGHT = 12;

interface ModelSaysProps {
  readonly record: ChainRecord;
  readonly run: Run | undefined;
}

/** What a model has said of a chain of the list, and whether its source says another thing. */
export function ModelSays({ record, run }: ModelSaysProps) {
  const asked = useAsked();
  const chosen = useView((state) => state.threshold);
  const threshold = chosen ?? run?.threshold;
  const first = run && firstBad(run, chosen);
  if (run === undefined || threshold === undefined || first === undefined) {
    return <span className="text-ink-3 max-md:hidden">–</span>;
  }
  const isOfOtherModel = !isScoredBy(run, asked);
  const differs = differsFromSource(record, first);
  return (
    <span
      className={classNames("flex min-w-0 flex-col gap-1", isOfOtherModel && "text-ink-3")}
      title={isOfOtherModel ? "By the model that was in use before" : undefined}
    >
      <span className={classNames("flex items-center gap-1", first >= 0 && !isOfOtherModel && "text-bad")}>
        <span className="md:sr-only">model: </span>
        <span className="truncate">{first < 0 ? "no bad step" : `bad at step ${first + 1}`}</span>
        {differs && (
          <span className="shrink-0 text-ink" title="The source says another thing">
            <EqualNot aria-hidden className="size-3.5" />
            <span className="sr-only">unlike its source</span>
          </span>
        )}
        {isOfOtherModel && <span className="sr-only">by the model that was in use before</span>}
      </span>
      <span aria-hidden className="max-md:hidden">
        <MiniBars
          values={run.scores.map((score) => score?.reward)}
          pivot={threshold}
          range={traitsOf(run).range}
          height={BARS_HEIGHT}
          label="Rewards"
        />
      </span>
    </span>
  );
}
