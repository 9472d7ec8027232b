import { usePlotArea } from "recharts";
import type { ComparedRow } from "../../core/compare/changes.ts";
import { type AxisRange, axisShare } from "../../ui/value-axis.ts";
import { SIDES } from "../side-colours.ts";

interface OverlayMarksProps {
  readonly rows: readonly ComparedRow[];
  readonly range: AxisRange;
}

/** Points closer than this would touch; then only the lines and the changes are drawn. */
const NARROWEST_POINT_PITCH = 9;
const RADIUS = 3.5;
const WIDEST_CHANGE = 7;
const CHANGE_SHARE = 0.5;

/**
 * Both curves over the aligned rows: a handful of paths, however many steps there are. A bar between the two
 * points of a pair is its change.
 */
export function OverlayMarks({ rows, range }: OverlayMarksProps) {
  const plot = usePlotArea();
  if (plot === undefined || rows.length === 0) {
    return null;
  }
  const pitch = plot.width / rows.length;
  const xOf = (index: number) => plot.x + (index + 0.5) * pitch;
  const yOf = (reward: number) => plot.y + (1 - axisShare(reward, range)) * plot.height;
  const line = (rewardOf: (row: ComparedRow) => number | undefined) => {
    const points = rows.flatMap((row, index) => {
      const reward = rewardOf(row);
      return reward === undefined ? [] : [`${xOf(index).toFixed(1)} ${yOf(reward).toFixed(1)}`];
    });
    return points.length === 0 ? "" : `M${points.join("L")}`;
  };
  const changes = (kind: ComparedRow["kind"]) =>
    rows
      .map((row, index) =>
        row.kind === kind && row.rewardA !== undefined && row.rewardB !== undefined
          ? `M${xOf(index).toFixed(1)} ${yOf(row.rewardA).toFixed(1)}V${yOf(row.rewardB).toFixed(1)}`
          : "",
      )
      .join("");
  const width = Math.max(1.5, Math.min(WIDEST_CHANGE, pitch * CHANGE_SHARE));
  return (
    <g pointerEvents="none">
      <OnlyBands rows={rows} kind="only-a" />
      <OnlyBands rows={rows} kind="only-b" />
      <path d={changes("regressed")} stroke="var(--bad)" strokeOpacity={0.45} strokeWidth={width} />
      <path d={changes("improved")} stroke="var(--good)" strokeOpacity={0.45} strokeWidth={width} />
      <path
        d={line((row) => row.rewardA)}
        fill="none"
        stroke={SIDES.A.mark}
        strokeDasharray="5 3"
        strokeWidth={1.25}
      />
      <path d={line((row) => row.rewardB)} fill="none" stroke={SIDES.B.mark} strokeWidth={1.5} />
      {pitch >= NARROWEST_POINT_PITCH &&
        rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a point is its row
          <g key={index}>
            {row.rewardA !== undefined && (
              <circle
                cx={xOf(index)}
                cy={yOf(row.rewardA)}
                r={RADIUS}
                fill="var(--surface)"
                stroke={SIDES.A.mark}
                strokeWidth={1.5}
              />
            )}
            {row.rewardB !== undefined && (
              <circle
                cx={xOf(index)}
                cy={yOf(row.rewardB)}
                r={RADIUS - 0.5}
                fill={SIDES.B.mark}
                stroke="var(--surface)"
              />
            )}
          </g>
        ))}
    </g>
  );
}

/** Narrower than this a stretch has no room for its name, and none for its letter. */
const NARROWEST_NAME = 46;
const NARROWEST_LETTER = 9;

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Half-open runs of rows of one kind. */
function stretchesOf(rows: readonly ComparedRow[], kind: ComparedRow["kind"]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const [index, row] of rows.entries()) {
    const last = stretches.at(-1);
    if (row.kind === kind) {
      if (last?.to === index) {
        stretches[stretches.length - 1] = { ...last, to: index + 1 };
      } else {
        stretches.push({ from: index, to: index + 1 });
      }
    }
  }
  return stretches;
}

/** Where only one of the chains has steps. */
function OnlyBands({ rows, kind }: Pick<OverlayMarksProps, "rows"> & { readonly kind: "only-a" | "only-b" }) {
  const plot = usePlotArea();
  if (plot === undefined) {
    return null;
  }
  const pitch = plot.width / rows.length;
  const side = kind === "only-a" ? "A" : "B";
  const color = SIDES[side].mark;
  const stretches = stretchesOf(rows, kind).map(({ from, to }) => ({
    x: plot.x + from * pitch,
    width: (to - from) * pitch,
  }));
  const bars = (y: number, height: number) =>
    stretches
      .map(({ x, width }) => `M${x.toFixed(1)} ${y}h${width.toFixed(1)}v${height}h${(-width).toFixed(1)}z`)
      .join("");
  return (
    <g>
      <path d={bars(plot.y, plot.height)} fill={color} fillOpacity={0.09} />
      <path d={bars(plot.y - 2, 2)} fill={color} />
      {stretches
        .filter(({ width }) => width >= NARROWEST_LETTER)
        .map(({ x, width }) => (
          <text
            key={x}
            x={x + width / 2}
            y={plot.y - 6}
            textAnchor="middle"
            fontSize={11}
            fontWeight={550}
            fill={color}
          >
            {width >= NARROWEST_NAME ? `only ${side}` : side}
          </text>
        ))}
    </g>
  );
}
