import { useMemo } from "react";
import { changeDistributionView } from "../../actions/look-at-candidates.ts";
import type { AggregateId } from "../../core/aggregate/index.ts";
import type { Entry } from "../../state/best-of.ts";
import { type Measure, rangeOf } from "../../state/distribution.ts";
import { useDistributionView } from "../../state/distribution-view.ts";
import { aggregateById } from "../../state/inspection.ts";
import { useModelName } from "../../state/model-names.ts";
import { useAggregateSettings } from "../../state/view-state.ts";
import { Select } from "../../ui/select.tsx";
import { DistributionChart } from "../distribution-chart.tsx";
import { OverlapNote } from "../overlap-note.tsx";
import { GROUPINGS, groupingById } from "./groupings/index.ts";

interface DistributionPanelProps {
  readonly entries: readonly Entry[];
  readonly aggregate: AggregateId;
}

/** How the numbers of two groups of the candidates are spread, over all problems. */
export function DistributionPanel({ entries, aggregate }: DistributionPanelProps) {
  const chosen = useDistributionView();
  const settings = useAggregateSettings();
  const nameOf = useModelName();
  const grouping = groupingById(chosen.grouping);
  const measure = grouping.measures.find((one) => one === chosen.measure) ?? grouping.measures[0];
  const pairs = useMemo(() => grouping.pairs?.(entries, nameOf) ?? [], [grouping, entries, nameOf]);
  const pair = pairs.find(({ id }) => id === chosen.pair)?.id ?? pairs[0]?.id;
  const counted = useMemo(
    () => ({ entries, measure, aggregate, settings, pair, nameOf }),
    [entries, measure, aggregate, settings, pair, nameOf],
  );
  const { groups, range, remarks } = useMemo(() => grouping.part(counted), [grouping, counted]);
  const isEmpty = groups.every(({ values }) => values.length === 0);
  const measureLabels = {
    steps: "step rewards",
    scores: `trajectory scores, ${aggregateById(aggregate).label}`,
  } as const satisfies Record<Measure, string>;
  return (
    <section aria-label="Distributions" className="break-inside-avoid flex min-w-0 flex-col gap-3">
      <h3 className="text-base font-semibold">How far the groups lie apart</h3>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <Select
          label="Groups"
          options={GROUPINGS}
          value={grouping.id}
          onChange={(id) => changeDistributionView({ grouping: id })}
        />
        {pairs.length > 1 && (
          <Select
            label="Models"
            className="max-w-full"
            options={pairs}
            value={pair ?? ""}
            onChange={(id) => changeDistributionView({ pair: id })}
          />
        )}
        {grouping.measures.length > 1 && (
          <Select
            label="Numbers"
            options={grouping.measures.map((id) => ({ id, label: measureLabels[id] }))}
            value={measure}
            onChange={(id) => changeDistributionView({ measure: id })}
          />
        )}
      </div>
      {isEmpty ? (
        <p className="max-w-[66ch] text-sm text-ink-2">{grouping.emptyWords(counted)}</p>
      ) : (
        <>
          <DistributionChart
            groups={groups}
            range={rangeOf(groups, range)}
            what={measure === "steps" ? "step rewards" : "trajectory scores"}
          />
          {remarks.length > 0 && <p className="max-w-[84ch] text-xs text-ink-2">{remarks.join(" ")}</p>}
        </>
      )}
      {grouping.meaning === undefined ? (
        <OverlapNote />
      ) : (
        <p className="max-w-[84ch] text-xs text-ink-3">{grouping.meaning}</p>
      )}
    </section>
  );
}
