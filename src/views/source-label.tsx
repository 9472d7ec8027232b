import { usePlotArea } from "recharts";
import { STEP_LABELS, type StepLabel } from "../core/chain-record.ts";
import type { StepWindow } from "../core/step-window.ts";
import { stepScale } from "./step-scale.ts";

/** A dot, a ring, a cross: told apart without their colours. Drawn about a place, at most 7 units wide. */
const SHAPES: Readonly<Record<StepLabel, string>> = {
  good: "m-1.25 0a1.25 1.25 0 1 1 2.5 0a1.25 1.25 0 1 1 -2.5 0",
  neutral: "m-2.5 0a2.5 2.5 0 1 1 5 0a2.5 2.5 0 1 1 -5 0",
  bad: "m-3 -3l6 6m-6 0l6 -6",
};

const STROKES: Readonly<Record<StepLabel, string>> = {
  good: "var(--ink-3)",
  neutral: "var(--ink-3)",
  bad: "var(--bad)",
};

interface LabelMarksProps {
  readonly label: StepLabel;
  readonly at: readonly (readonly [x: number, y: number])[];
}

/** One path for all, inside an SVG. */
function LabelMarks({ label, at }: LabelMarksProps) {
  return at.length === 0 ? null : (
    <path
      data-source-label={label}
      data-count={at.length}
      d={at.map(([x, y]) => `M${x.toFixed(1)} ${y}${SHAPES[label]}`).join("")}
      fill="none"
      stroke={STROKES[label]}
      strokeWidth={1.6}
      strokeLinecap="round"
    />
  );
}

/** Under the reward of a step: what its source says of it. */
export function LabelLine({ label }: { readonly label: StepLabel | undefined }) {
  return label === undefined ? null : (
    <span
      data-testid="source-label"
      title={`The source of the chain says: ${label}`}
      className={`flex items-center justify-center gap-1 text-2xs ${label === "bad" ? "font-semibold text-bad" : "text-ink-3"}`}
    >
      <svg aria-hidden="true" viewBox="-5 -5 10 10" className="size-2.5 shrink-0">
        <LabelMarks label={label} at={[[0, 0]]} />
      </svg>
      {label}
    </span>
  );
}

interface LabelTrackProps {
  readonly labels: readonly (StepLabel | null)[];
  readonly window: StepWindow;
}

/** From the top of the plot to the middle of the marks. */
const ABOVE = 12;
/** Steps closer than this have marks that would touch: then only the bad ones are drawn. */
const NARROWEST_PITCH = 7;

/** A row above the chart: the gold labels, as far as the source of the chain has any. */
export function LabelTrack({ labels, window }: LabelTrackProps) {
  const plot = usePlotArea();
  if (plot === undefined || labels.length === 0 || window.to === window.from) {
    return null;
  }
  const { pitch, xOf, has } = stepScale(plot, window);
  const y = plot.y - ABOVE;
  return (
    <g pointerEvents="none">
      <text x={plot.x - 8} y={y + 4} textAnchor="end" fontSize={11} fill="var(--ink-3)">
        Gold
      </text>
      {STEP_LABELS.filter((label) => label === "bad" || pitch >= NARROWEST_PITCH).map((label) => (
        <LabelMarks
          key={label}
          label={label}
          at={labels.flatMap((said, index) =>
            said === label && has(index) ? [[xOf(index), y] as const] : [],
          )}
        />
      ))}
    </g>
  );
}
