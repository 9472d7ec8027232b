import { usePlotArea } from "recharts";
import type { StepIndex } from "../core/units.ts";
import type { Wrongs } from "../core/wrongs.ts";
import type { Reading } from "../state/reading.ts";
import { CheckMarks, type CheckStatus } from "./check-glyph.tsx";
import { type WrongKind, WrongMark } from "./wrong-glyph.tsx";

/** Below the axis' numbers, so that both tracks read against them. */
const ROW_HEIGHT = 16;
const AXIS_HEIGHT = 26;
export const TRACKS_HEIGHT = 2 * ROW_HEIGHT;
/** Between the middles of two marks that would touch. */
const MARK_PITCH = 13;
/** Steps closer than this have marks that would touch: then only what is wrong or rounded is drawn. */
const NARROWEST_CHECK_PITCH = 9;
const STATUSES: readonly CheckStatus[] = ["unchecked", "right", "rounded", "wrong"];

const RING_RADIUS = 7;

/** Round the mark of a step on which model and arithmetic disagree. */
function ring(x: number, y: number): string {
  const half = `${RING_RADIUS} ${RING_RADIUS} 0 1 1`;
  return `M${(x - RING_RADIUS).toFixed(1)} ${y}a${half} ${2 * RING_RADIUS} 0a${half} ${-2 * RING_RADIUS} 0`;
}

interface TimelineTracksProps {
  readonly count: number;
  readonly reading: Reading;
}

/** Two rows under the chart: where the chain turns, and what the arithmetic of each step is worth. */
export function TimelineTracks({ count, reading }: TimelineTracksProps) {
  const plot = usePlotArea();
  if (plot === undefined || count === 0) {
    return null;
  }
  const pitch = plot.width / count;
  const xOf = (index: StepIndex) => plot.x + (index + 0.5) * pitch;
  const first = plot.y + plot.height + AXIS_HEIGHT + ROW_HEIGHT / 2;
  const second = first + ROW_HEIGHT;
  const label = { x: plot.x - 8, textAnchor: "end", fontSize: 11, fill: "var(--ink-3)" } as const;
  return (
    <g pointerEvents="none">
      <text y={first + 4} {...label}>
        Turns
      </text>
      <text y={second + 4} {...label}>
        Sums
      </text>
      <TurnTrack wrongs={reading.wrongs} y={first} xOf={xOf} end={plot.x + plot.width} />
      {STATUSES.map((status) => (
        <CheckMarks
          key={status}
          status={status}
          at={reading.checks.flatMap((check, index) =>
            check.status === status &&
            (pitch >= NARROWEST_CHECK_PITCH || status === "wrong" || status === "rounded")
              ? [[xOf(index), second] as const]
              : [],
          )}
        />
      ))}
      <path
        data-disputed={reading.disagreements.length}
        d={reading.disagreements.map(({ index }) => ring(xOf(index), second)).join("")}
        fill="none"
        stroke="var(--ink-2)"
      />
    </g>
  );
}

interface TurnTrackProps {
  readonly wrongs: Wrongs;
  readonly y: number;
  readonly xOf: (index: StepIndex) => number;
  /** The right end of the plot. */
  readonly end: number;
}

function TurnTrack({ wrongs, y, xOf, end }: TurnTrackProps) {
  const { firstDrop, noReturn, recovered } = wrongs;
  const wanted: { readonly kind: WrongKind; readonly index: StepIndex }[] = [
    ...(firstDrop === undefined ? [] : [{ kind: "drop" as const, index: firstDrop.index }]),
    ...recovered.map(({ from }) => ({ kind: "recovered" as const, index: from })),
    ...(noReturn === undefined ? [] : [{ kind: "no-return" as const, index: noReturn }]),
  ];
  let last = Number.NEGATIVE_INFINITY;
  const marks = wanted
    .sort((a, b) => a.index - b.index)
    .map((mark) => {
      last = Math.max(xOf(mark.index), last + MARK_PITCH);
      return { ...mark, x: last };
    });
  const isTaken = (x: number) => marks.some((mark) => Math.abs(mark.x - x) < MARK_PITCH);
  return (
    <>
      {noReturn !== undefined && (
        <line
          x1={(marks.find(({ kind }) => kind === "no-return")?.x ?? 0) + 7}
          x2={end}
          y1={y}
          y2={y}
          stroke="var(--bad)"
          strokeOpacity={0.55}
        />
      )}
      {marks.map(({ kind, index, x }) => {
        const back = kind === "recovered" ? recovered.find(({ from }) => from === index)?.back : undefined;
        const to = back === undefined ? x : xOf(back);
        return (
          <g key={`${kind} ${index}`}>
            {to - x > MARK_PITCH && (
              <path
                d={`M${x + 7} ${y}H${to}${isTaken(to) ? "" : "m0 -4v8"}`}
                fill="none"
                stroke="var(--good)"
                strokeOpacity={0.7}
              />
            )}
            <WrongMark kind={kind} x={x} y={y} />
          </g>
        );
      })}
    </>
  );
}
