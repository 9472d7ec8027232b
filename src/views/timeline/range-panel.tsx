import { clearRange, zoomToRange } from "../../actions/step-range.ts";
import { endsOf, type RangeStatistics, rangeStatistics } from "../../core/step-range.ts";
import type { Inspection } from "../../state/inspection.ts";
import type { Run } from "../../state/runs.ts";
import { useStepRange } from "../../state/step-range.ts";
import { Button } from "../../ui/button.tsx";
import { formatCount, formatDelta, formatProbability, plural } from "../../ui/format-number.ts";
import { RewardChip } from "../reward-chip.tsx";

interface RangePanelProps {
  readonly run: Run;
  readonly inspection: Inspection;
}

/** What the rewards of the chosen range come to. */
export function RangePanel({ run, inspection }: RangePanelProps) {
  const range = useStepRange();
  if (range === undefined) {
    return null;
  }
  const [first, last] = endsOf(range);
  const statistics = rangeStatistics(run.scores, range);
  return (
    <section
      aria-label="Range of steps"
      className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-1.5 border-t border-line pt-2 text-xs"
    >
      <h3 className="font-semibold">
        {first === last ? `Step ${first + 1}` : `Steps ${first + 1}–${last + 1}`}
        <span className="ml-2 font-normal text-ink-2">{countWords(statistics)}</span>
      </h3>
      <RangeNumbers statistics={statistics} inspection={inspection} />
      <span className="ml-auto flex items-center gap-1">
        <Button kind="quiet" className="h-7 text-xs" onClick={zoomToRange}>
          Zoom to it
        </Button>
        <Button kind="quiet" className="h-7 text-xs" title="Clear the range (Esc)" onClick={clearRange}>
          Clear
        </Button>
      </span>
    </section>
  );
}

function countWords({ count, scored }: RangeStatistics): string {
  if (scored === count) {
    return plural(count, "step");
  }
  return `${plural(count, "step")}, ${scored === 0 ? "none" : formatCount(scored)} scored`;
}

interface RangeNumbersProps {
  readonly statistics: RangeStatistics;
  readonly inspection: Inspection;
}

function RangeNumbers({ statistics: { rewards }, inspection: { threshold, range } }: RangeNumbersProps) {
  if (rewards === undefined) {
    return null;
  }
  const { mean, min, max, first, last, tokens } = rewards;
  const numbers = [
    { label: "mean", value: <RewardChip reward={mean} threshold={threshold} range={range} /> },
    { label: "min", value: formatProbability(min.reward), note: `step ${formatCount(min.index + 1)}` },
    { label: "max", value: formatProbability(max.reward), note: `step ${formatCount(max.index + 1)}` },
    {
      label: "first to last",
      value: formatDelta(last - first),
      note: `${formatProbability(first)} → ${formatProbability(last)}`,
    },
    { label: "tokens", value: formatCount(tokens) },
  ];
  return (
    <dl className="flex flex-wrap items-center gap-x-5 gap-y-1">
      {numbers.map(({ label, value, note }) => (
        <div key={label} className="flex items-baseline gap-1.5">
          <dt className="text-ink-3">{label}</dt>
          <dd className="font-semibold text-ink">
            {value}
            {note !== undefined && <span className="ml-1 font-normal text-ink-3">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
