import { CartesianGrid, Line, LineChart, ResponsiveContainer, XAxis } from "recharts";
import { type AccuracyPoint, MOST_FOR_MAJORITY } from "../../core/best-of/accuracy.ts";
import { plural } from "../../ui/format-number.ts";
import { RewardAxis, stepTicks, TICK } from "../reward-axes.tsx";

interface AccuracyChartProps {
  readonly points: readonly AccuracyPoint[];
  readonly aggregateLabel: string;
}

const MARGIN = { top: 8, right: 16, bottom: 0, left: 0 };
const LINE = { type: "linear", activeDot: false, isAnimationActive: false } as const;
const UNIT = [0, 1] as const;
/** With more points than this dots would touch. */
const MOST_DOTS = 40;

/** A percentage, from a share. */
function percent(share: number | undefined): string {
  return share === undefined ? "–" : `${(share * 100).toFixed(share === 0 || share === 1 ? 0 : 1)} %`;
}

/** Expected accuracy of choosing among n of the N candidates, for every n. */
export function AccuracyChart({ points, aggregateLabel }: AccuracyChartProps) {
  const last = points.at(-1);
  const first = points[0];
  if (first === undefined || last === undefined) {
    return null;
  }
  const hasMajority = last.majority !== undefined;
  const hasDots = points.length <= MOST_DOTS;
  const series = [
    { id: "naive", label: `highest ${aggregateLabel}`, mark: "border-t-2 border-accent" },
    ...(hasMajority
      ? ([{ id: "majority", label: "majority", mark: "border-t-2 border-dashed border-ink-2" }] as const)
      : []),
    { id: "any", label: "any of them right", mark: "border-t-2 border-dotted border-ink-3" },
  ] as const;
  return (
    <section
      aria-label="Accuracy by number of candidates"
      className="break-inside-avoid flex min-w-0 flex-col gap-2"
    >
      <h3 className="text-base font-semibold">Accuracy by number of candidates</h3>
      <p className="max-w-[70ch] text-xs text-ink-3">
        Expected over all ways to draw n of the {plural(points.length, "judged candidate")}, computed exactly.
        {hasMajority ? "" : ` Majority is counted for up to ${MOST_FOR_MAJORITY} candidates.`}
      </p>
      <div className="grid grid-cols-1 items-center gap-x-6 gap-y-2 sm:grid-cols-[minmax(0,1fr)_auto]">
        <div
          role="img"
          aria-label={`Accuracy for n from 1 to ${points.length}: ${percent(first.naive)} to ${percent(last.naive)} by the highest score.`}
          className="-ml-1.5 h-[170px] min-w-0"
        >
          <ResponsiveContainer width="100%" height="100%" debounce={0}>
            <LineChart data={[...points]} margin={MARGIN} accessibilityLayer={false}>
              <CartesianGrid vertical={false} stroke="var(--line)" />
              <XAxis
                type="number"
                dataKey="n"
                domain={[1, Math.max(2, points.length)]}
                ticks={[...stepTicks(points.length)]}
                tick={TICK}
                tickLine={false}
                axisLine={{ stroke: "var(--line-strong)" }}
                height={26}
                tickMargin={7}
                padding={{ left: 10, right: 10 }}
              />
              <RewardAxis range={UNIT} />
              <Line
                dataKey="any"
                stroke="var(--ink-3)"
                strokeDasharray="2 3"
                strokeWidth={1.5}
                dot={false}
                {...LINE}
              />
              {hasMajority && (
                <Line
                  dataKey="majority"
                  stroke="var(--ink-2)"
                  strokeDasharray="5 3"
                  strokeWidth={1.5}
                  dot={false}
                  {...LINE}
                />
              )}
              <Line
                dataKey="naive"
                stroke="var(--accent)"
                strokeWidth={1.5}
                dot={hasDots ? { r: 2.5, fill: "var(--accent)", strokeWidth: 0 } : false}
                {...LINE}
              />
            </LineChart>
          </ResponsiveContainer>
        </div>
        <table className="text-xs">
          <thead>
            <tr className="caption text-right">
              <td />
              <th scope="col" className="pl-4 font-normal">
                n = 1
              </th>
              <th scope="col" className="pl-4 font-normal">
                n = {points.length}
              </th>
            </tr>
          </thead>
          <tbody>
            {series.map(({ id, label, mark }) => (
              <tr key={id} data-series={id}>
                <th scope="row" className="py-0.5 text-left font-normal text-ink-2">
                  <span className="flex items-center gap-2">
                    <span aria-hidden className={`w-4 ${mark}`} />
                    {label}
                  </span>
                </th>
                <td className="pl-4 text-right font-semibold">{percent(first[id])}</td>
                <td className="pl-4 text-right font-semibold">{percent(last[id])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
