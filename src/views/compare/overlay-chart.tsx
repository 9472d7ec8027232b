import { memo, type PointerEvent } from "react";
import { CartesianGrid, ComposedChart, ReferenceLine, ResponsiveContainer, usePlotArea } from "recharts";
import { hoverRow } from "../../actions/look-at-comparison.ts";
import type { ComparedRow } from "../../core/compare/changes.ts";
import { useCompareView } from "../../state/compare-view.ts";
import { plural } from "../../ui/format-number.ts";
import type { AxisRange } from "../../ui/value-axis.ts";
import { RewardAxis, StepAxis } from "../reward-axes.tsx";
import { formatThreshold } from "../verdict-words.ts";
import { OverlayMarks } from "./overlay-marks.tsx";

interface OverlayChartProps {
  readonly rows: readonly ComparedRow[];
  readonly range: AxisRange;
  readonly thresholdA: number | undefined;
  readonly thresholdB: number | undefined;
  readonly summary: string;
  /** A row was chosen, by its number in the alignment. */
  readonly onChoose: (row: number) => void;
}

const MARGIN = { top: 22, right: 44, bottom: 0, left: 0 };

/** One line when both runs are judged alike, else one each with its letter. */
function thresholdLines(a: number | undefined, b: number | undefined) {
  if (a === b) {
    return a === undefined ? [] : [{ value: a, name: formatThreshold(a) }];
  }
  return [
    ...(a === undefined ? [] : [{ value: a, name: `A ${formatThreshold(a)}` }]),
    ...(b === undefined ? [] : [{ value: b, name: `B ${formatThreshold(b)}` }]),
  ];
}

/** Both reward curves over one axis of aligned rows. */
export const OverlayChart = memo(function OverlayChart(props: OverlayChartProps) {
  const { rows, range, thresholdA, thresholdB, summary, onChoose } = props;
  const count = rows.length;
  return (
    <div
      role="img"
      aria-label={`Rewards of both chains over ${plural(count, "aligned row")}. ${summary}`}
      className="-ml-1.5 h-[190px]"
    >
      <ResponsiveContainer width="100%" height="100%" debounce={0}>
        <ComposedChart data={[{ x: 1 }]} margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <StepAxis from={0} to={count} />
          <RewardAxis range={range} />
          {range[0] < 0 && <ReferenceLine y={0} stroke="var(--line-strong)" strokeWidth={1} />}
          {thresholdLines(thresholdA, thresholdB).map(({ value, name }) => (
            <ReferenceLine
              key={name}
              y={value}
              stroke="var(--ink-2)"
              strokeDasharray="4 3"
              strokeWidth={1}
              label={{
                value: name,
                position: "right",
                offset: 6,
                fontSize: 11,
                fontWeight: 600,
                fill: "var(--ink-2)",
              }}
            />
          ))}
          <OverlayMarks rows={rows} range={range} />
          <RowPointer count={count} onChoose={onChoose} />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
});

/** Turns the pointer into a row; reads the hovered row itself, so that moving redraws one rectangle. */
function RowPointer({ count, onChoose }: Pick<OverlayChartProps, "onChoose"> & { readonly count: number }) {
  const plot = usePlotArea();
  const hovered = useCompareView((state) => state.hovered);
  if (plot === undefined || count === 0) {
    return null;
  }
  const pitch = plot.width / count;
  const rowAt = (event: PointerEvent<SVGRectElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    return Math.max(0, Math.min(count - 1, Math.floor(share * count)));
  };
  return (
    <g>
      {hovered !== undefined && hovered < count && (
        <rect
          x={plot.x + hovered * pitch}
          y={plot.y}
          width={Math.max(2, pitch)}
          height={plot.height}
          fill="var(--ink)"
          fillOpacity={0.07}
        />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a pointer's shortcut; the rows below are the accessible way */}
      <rect
        x={plot.x}
        y={plot.y}
        width={plot.width}
        height={plot.height}
        fill="transparent"
        className="cursor-pointer"
        onPointerMove={(event) => hoverRow(rowAt(event))}
        onPointerLeave={() => hoverRow(undefined)}
        onClick={(event) => {
          // A click is a pointer event in every browser of today; React's type lags behind.
          onChoose(rowAt(event as PointerEvent<SVGRectElement>));
        }}
      />
    </g>
  );
}
