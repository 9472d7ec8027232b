import { useState } from "react";
import type { AggregateId } from "../../core/aggregate/index.ts";
import type { Entry } from "../../state/best-of.ts";
import { correctnessGroups, laneGroups, type Measure, rangeOf } from "../../state/distribution.ts";
import { aggregateById, traitsOf } from "../../state/inspection.ts";
import { Select } from "../../ui/select.tsx";
import { DistributionChart } from "../distribution-chart.tsx";
import { OverlapNote } from "../overlap-note.tsx";

interface DistributionPanelProps {
  readonly entries: readonly Entry[];
  readonly aggregate: AggregateId;
}

type Grouping = "correctness" | "lane";

const GROUPINGS = [
  { id: "correctness", label: "right against wrong" },
  { id: "lane", label: "thinking against response" },
] as const satisfies readonly { id: Grouping; label: string }[];

const UNIT = [0, 1] as const;

function emptyWords(grouping: Grouping): string {
  return grouping === "correctness"
    ? "No scored chain is known to be right or wrong: enter the right answer, or bring it in a file."
    : "No step is scored yet.";
}

/** How the numbers of two groups of the candidates are spread, over all problems. */
export function DistributionPanel({ entries, aggregate }: DistributionPanelProps) {
  const [grouping, setGrouping] = useState<Grouping>("correctness");
  const [measure, setMeasure] = useState<Measure>("steps");
  const runs = entries.map(({ candidate }) => candidate.run);
  const isOfSteps = grouping === "lane" || measure === "steps";
  const groups = grouping === "lane" ? laneGroups(runs) : correctnessGroups(entries, measure, aggregate);
  const isEmpty = groups.every(({ values }) => values.length === 0);
  const { label } = aggregateById(aggregate);
  const measures = [
    { id: "steps", label: "step rewards" },
    { id: "scores", label: `trajectory scores, ${label}` },
  ] as const satisfies readonly { id: Measure; label: string }[];
  const first = runs[0];
  const least = isOfSteps && first !== undefined ? traitsOf(first).range : UNIT;
  return (
    <section aria-label="Distributions" className="flex min-w-0 flex-col gap-3">
      <h3 className="text-base font-semibold">How far the groups lie apart</h3>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <Select label="Groups" options={GROUPINGS} value={grouping} onChange={setGrouping} />
        {grouping === "correctness" && (
          <Select label="Numbers" options={measures} value={measure} onChange={setMeasure} />
        )}
      </div>
      {isEmpty ? (
        <p className="text-sm text-ink-2">{emptyWords(grouping)}</p>
      ) : (
        <DistributionChart
          groups={groups}
          range={rangeOf(groups, least)}
          what={isOfSteps ? "step rewards" : "trajectory scores"}
        />
      )}
      <OverlapNote />
    </section>
  );
}
