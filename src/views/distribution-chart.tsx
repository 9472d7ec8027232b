import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { histogramOf } from "../core/distribution/histogram.ts";
import {
  areaUnderCurve,
  BIN_COUNT,
  FEWEST,
  medianOf,
  overlapCoefficient,
} from "../core/distribution/separation.ts";
import type { Group, GroupPair } from "../state/distribution.ts";
import { formatCount, formatScore, plural } from "../ui/format-number.ts";
import { axisTicks, shareTicks } from "../ui/value-axis.ts";
import { TICK } from "./reward-axes.tsx";
import { groupColours } from "./side-colours.ts";

interface DistributionChartProps {
  readonly groups: GroupPair;
  /** Of the axis. */
  readonly range: readonly [number, number];
  /** What the numbers are, e.g. "step rewards". */
  readonly what: string;
}

const MARGIN = { top: 6, right: 16, bottom: 0, left: 0 };
const PERCENT = 100;

function binsOf(groups: GroupPair, range: readonly [number, number]) {
  const [first, second] = groups.map(({ values }) => ({
    ...histogramOf(values, range, BIN_COUNT),
    total: Math.max(1, values.length),
  }));
  return Array.from({ length: BIN_COUNT }, (_, bin) => ({
    middle: ((first?.edges[bin] ?? 0) + (first?.edges[bin + 1] ?? 0)) / 2,
    first: (first?.counts[bin] ?? 0) / (first?.total ?? 1),
    second: (second?.counts[bin] ?? 0) / (second?.total ?? 1),
  }));
}

/** How a sentence names a group. */
function shortOf({ letter, label }: Group): string {
  return letter ?? label;
}

function scoreWords(value: number | undefined): string {
  return value === undefined ? "–" : formatScore(value, 2);
}

/** Why the two cannot be told apart or not by numbers, when there are too few. */
function fewWords(groups: GroupPair, what: string): string | undefined {
  const few = groups.filter(({ values }) => values.length < FEWEST);
  if (few.length === 0) {
    return undefined;
  }
  const counts = few
    .map((group) => `${formatCount(group.values.length)} in “${shortOf(group)}”`)
    .join(" and ");
  return `Too few ${what}, ${counts}: fewer than ${FEWEST} say too little about a distribution, so neither overlap nor AUC is given.`;
}

function summaryOf({ label, values }: Group): string {
  return `${label}: ${plural(values.length, "number")}, median ${scoreWords(medianOf(values))}`;
}

/** Histograms of two groups over one axis, and how far the groups lie apart. */
export function DistributionChart({ groups, range, what }: DistributionChartProps) {
  const [first, second] = groups;
  const colours = [groupColours(first.letter, 0), groupColours(second.letter, 1)] as const;
  const bins = binsOf(groups, range);
  const ticks = shareTicks(Math.max(...bins.flatMap((bin) => [bin.first, bin.second])));
  const few = fewWords(groups, what);
  const overlap = few === undefined ? overlapCoefficient(first.values, second.values, range) : undefined;
  const auc = few === undefined ? areaUnderCurve(first.values, second.values) : undefined;
  return (
    <div className="grid grid-cols-1 items-center gap-x-6 gap-y-3 sm:grid-cols-[minmax(0,1fr)_fit-content(340px)]">
      <div
        role="img"
        aria-label={`Histogram of ${what}. ${groups.map(summaryOf).join("; ")}.`}
        className="-ml-1.5 h-[160px] min-w-0"
      >
        <ResponsiveContainer width="100%" height="100%" debounce={0}>
          <BarChart data={bins} margin={MARGIN} barGap={0} barCategoryGap="18%" accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              type="number"
              dataKey="middle"
              domain={[...range]}
              ticks={[...axisTicks(range)]}
              tick={TICK}
              tickLine={false}
              tickFormatter={(value: number) => formatScore(value, 2)}
              axisLine={{ stroke: "var(--line-strong)" }}
              height={26}
              tickMargin={7}
            />
            <YAxis
              tick={TICK}
              tickLine={false}
              axisLine={false}
              width={44}
              domain={[0, ticks.at(-1) ?? 1]}
              ticks={[...ticks]}
              interval={0}
              tickFormatter={(share: number) => `${Number((share * PERCENT).toFixed(1))} %`}
            />
            <Bar dataKey="first" fill={colours[0].mark} isAnimationActive={false} />
            <Bar dataKey="second" fill={colours[1].mark} isAnimationActive={false} />
          </BarChart>
        </ResponsiveContainer>
      </div>
      <div className="flex min-w-[220px] flex-col gap-2 text-xs">
        <table>
          <thead>
            <tr className="caption text-right">
              <td />
              <th scope="col" className="pl-4 font-normal">
                numbers
              </th>
              <th scope="col" className="pl-4 font-normal">
                median
              </th>
            </tr>
          </thead>
          <tbody>
            {groups.map(({ label, letter, values }, index) => (
              <tr key={label} className="align-top">
                <th scope="row" className="py-0.5 text-left font-normal text-ink-2">
                  <span className="flex gap-2">
                    <span
                      aria-hidden
                      className={`mt-[3px] size-2.5 shrink-0 rounded-xs ${colours[index]?.swatch ?? ""}`}
                    />
                    {letter !== undefined && letter !== label && (
                      <span className="font-semibold text-ink">{letter}</span>
                    )}
                    <span className="min-w-0 wrap-anywhere">{label}</span>
                  </span>
                </th>
                <td className="py-0.5 pl-4 text-right font-semibold">{formatCount(values.length)}</td>
                <td className="py-0.5 pl-4 text-right font-semibold">{scoreWords(medianOf(values))}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {few === undefined ? (
          <dl className="flex gap-6">
            <div title="The area that both histograms have in common: 1 for equal ones, 0 for ones apart">
              <dt className="caption">Overlap</dt>
              <dd data-testid="overlap" data-value={overlap} className="text-[17px] leading-6 font-semibold">
                {scoreWords(overlap)}
              </dd>
            </div>
            <div
              title={`The chance that a number of “${shortOf(first)}” is larger than one of “${shortOf(second)}”; 0.5 means that they cannot be told apart`}
            >
              <dt className="caption">
                AUC, {shortOf(first)} above {shortOf(second)}
              </dt>
              <dd data-testid="auc" data-value={auc} className="text-[17px] leading-6 font-semibold">
                {scoreWords(auc)}
              </dd>
            </div>
          </dl>
        ) : (
          <p className="max-w-[44ch] text-ink-2">{few}</p>
        )}
      </div>
    </div>
  );
}
