import { usePlotArea } from "recharts";
import type { StepWindow } from "../../core/step-window.ts";
import type { StepIndex } from "../../core/units.ts";
import type { Wrongs } from "../../core/wrongs.ts";
import type { Reading } from "../../state/reading.ts";
import { CheckMarks, type CheckStatus } from "../check-glyph.tsx";
import { type StepScale, stepScale } from "../step-scale.ts";
import { type WrongKind, WrongMark } from "../wrong-glyph.tsx";

/** Below the axis' numbers, so that both tracks read against them. */
const ROW_HEIGHT = 16;
const AXIS_HEIGHT = 26;
export const TRACKS_HEIGHT = 2 * ROW_HEIGHT;
/** From the middle of a mark to where its line begins. */
const MARK_RADIUS = 7;
/** Between the middles of two marks that would touch. */
const MARK_PITCH = 13;
/** Steps closer than this have marks that would touch: then only what is wrong or rounded is drawn. */
const NARROWEST_CHECK_PITCH = 9;
const STATUSES: readonly CheckStatus[] = ["unchecked", "partly", "right", "rounded", "wrong"];

/** No larger than a row, and no smaller than the mark it goes round. */
const [SMALLEST_RING, LARGEST_RING] = [4.5, 7];

/** Round the mark of a step on which model and arithmetic disagree; those of neighbours do not overlap. */
function ring(x: number, y: number, pitch: number): string {
  const radius = Math.max(SMALLEST_RING, Math.min(LARGEST_RING, Math.floor(pitch - 1) / 2));
  const half = `${radius} ${radius} 0 1 1`;
  return `M${(x - radius).toFixed(1)} ${y}a${half} ${2 * radius} 0a${half} ${-2 * radius} 0`;
}

interface TimelineTracksProps {
  readonly window: StepWindow;
  readonly reading: Reading;
}

/** Two rows under the chart: where the chain turns, and what the arithmetic of each step is worth. */
export function TimelineTracks({ window, reading }: TimelineTracksProps) {
  const plot = usePlotArea();
  if (plot === undefined || window.to === window.from) {
    return null;
  }
  const scale = stepScale(plot, window);
  const { pitch, xOf, has } = scale;
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
      <TurnTrack wrongs={reading.wrongs} y={first} scale={scale} plot={plot} />
      {STATUSES.map((status) => (
        <CheckMarks
          key={status}
          status={status}
          at={reading.checks.flatMap((check, index) =>
            check.status === status &&
            has(index) &&
            (pitch >= NARROWEST_CHECK_PITCH || status === "wrong" || status === "rounded")
              ? [[xOf(index), second] as const]
              : [],
          )}
        />
      ))}
      <path
        data-disputed={reading.disagreements.length}
        d={reading.disagreements
          .filter(({ index }) => has(index))
          .map(({ index }) => ring(xOf(index), second, pitch))
          .join("")}
        fill="none"
        stroke="var(--ink-2)"
      />
    </g>
  );
}

interface TurnTrackProps {
  readonly wrongs: Wrongs;
  readonly y: number;
  readonly scale: StepScale;
  readonly plot: { readonly x: number; readonly width: number };
}

function TurnTrack({ wrongs, y, scale: { from: first, to: last, xOf, has }, plot }: TurnTrackProps) {
  const { firstDrop, noReturn, isFineAfter, recovered } = wrongs;
  const wanted: { readonly kind: WrongKind; readonly index: StepIndex }[] = [
    ...(firstDrop === undefined ? [] : [{ kind: "drop" as const, index: firstDrop.index }]),
    ...recovered.map(({ from }) => ({ kind: "recovered" as const, index: from })),
    ...(noReturn === undefined ? [] : [{ kind: "no-return" as const, index: noReturn }]),
  ];
  const end = plot.x + plot.width;
  let taken = Number.NEGATIVE_INFINITY;
  const marks = wanted
    .filter(({ index }) => has(index))
    .sort((a, b) => a.index - b.index)
    .map((mark) => {
      taken = Math.max(xOf(mark.index), taken + MARK_PITCH);
      return { ...mark, x: taken };
    });
  // What began before the window goes on in it from its left end.
  const beginOf = (kind: WrongKind, index: StepIndex) =>
    (marks.find((mark) => mark.kind === kind && mark.index === index)?.x ?? plot.x - MARK_RADIUS) +
    MARK_RADIUS;
  const isTaken = (x: number) => marks.some((mark) => Math.abs(mark.x - x) < MARK_PITCH);
  return (
    <>
      {/* No line under steps that are good. */}
      {noReturn !== undefined && isFineAfter !== true && noReturn < last && (
        <line
          data-lost
          x1={beginOf("no-return", noReturn)}
          x2={end}
          y1={y}
          y2={y}
          stroke="var(--bad)"
          strokeOpacity={0.55}
        />
      )}
      {recovered
        .filter(({ from, back }) => from < last && back >= first)
        .map(({ from, back }) => {
          const begin = beginOf("recovered", from);
          const to = Math.min(xOf(back), end);
          return to - begin > MARK_PITCH - MARK_RADIUS ? (
            <path
              key={from}
              d={`M${begin} ${y}H${to}${isTaken(to) || !has(back) ? "" : "m0 -4v8"}`}
              fill="none"
              stroke="var(--good)"
              strokeOpacity={0.7}
            />
          ) : null;
        })}
      {marks.map(({ kind, index, x }) => (
        <WrongMark key={`${kind} ${index}`} kind={kind} x={x} y={y} />
      ))}
    </>
  );
}
