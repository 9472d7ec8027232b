import { assertDefined } from "../../core/assert.ts";
import type { StepIndex } from "../../core/units.ts";
import type { Wrongs } from "../../core/wrongs.ts";
import type { Inspection } from "../../state/inspection.ts";
import type { Run } from "../../state/runs.ts";
import { useView } from "../../state/view-state.ts";
import { classNames } from "../../ui/class-names.ts";
import { BINS } from "../../ui/diverging-scale.ts";
import { formatProbability } from "../../ui/format-number.ts";
import { MaximiseButton } from "../maximise-button.tsx";
import { TurnsLegend } from "./tracks-legend.tsx";

interface TimelineLegendProps {
  readonly run: Run;
  readonly inspection: Inspection;
  readonly wrongs: Wrongs;
  readonly aggregateLabel: string;
  /** What the aggregate is divided by to fit the axis; 1 for most. */
  readonly scale: number;
  readonly hasGhost: boolean;
}

const LONGEST_PREVIEW = 140;

/**
 * Above the chart: what the marks mean, or what the pointer is on. Both have one place, as high as the higher of them:
 * pointing must not move the chart that is pointed at.
 */
export function TimelineLegend(props: TimelineLegendProps) {
  const { run, inspection } = props;
  const count = run.trace.steps.length;
  const hovered = useView(({ hovered: on }) =>
    on?.pane === "chart" && on.index < count ? on.index : undefined,
  );
  return (
    <div className="grid items-center *:[grid-area:1/1]">
      <MarksLegend {...props} isHidden={hovered !== undefined} />
      {hovered !== undefined && <Readout run={run} inspection={inspection} index={hovered} />}
    </div>
  );
}

interface ReadoutProps extends Pick<TimelineLegendProps, "run" | "inspection"> {
  readonly index: StepIndex;
}

function Readout({ run, inspection, index }: ReadoutProps) {
  const step = assertDefined(run.trace.steps[index], "step");
  const reward = inspection.rewards[index];
  return (
    <p className="flex min-w-0 items-baseline gap-2 text-xs">
      <span className="shrink-0 font-semibold">Step {index + 1}</span>
      <span className="shrink-0 text-ink-2">
        {reward === undefined ? "not scored" : formatProbability(reward)}
      </span>
      <span className="truncate text-ink-2">{step.text.slice(0, LONGEST_PREVIEW)}</span>
    </p>
  );
}

type MarksLegendProps = Omit<TimelineLegendProps, "run" | "inspection"> & { readonly isHidden: boolean };

function MarksLegend({ wrongs, aggregateLabel, scale, hasGhost, isHidden }: MarksLegendProps) {
  return (
    <div
      className={classNames(
        "flex min-h-6 flex-wrap items-center gap-x-4 text-xs text-ink-3",
        isHidden && "invisible",
      )}
    >
      <span className="flex items-center gap-1">
        <h2 className="font-medium text-ink-2">Reward by step</h2>
        <MaximiseButton pane="timeline" />
      </span>
      <TurnsLegend wrongs={wrongs} />
      <span className="ml-auto flex items-center gap-1.5">
        low
        <span aria-hidden className="flex gap-px">
          {BINS.map((bin) => (
            <span
              key={bin}
              data-bin={bin}
              className="h-2 w-3 bg-(--bin-mark) first:rounded-l-xs last:rounded-r-xs"
            />
          ))}
        </span>
        high
      </span>
      {hasGhost && (
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-full border border-ink-3" />
          before
        </span>
      )}
      {/* Its number stands beside the line: where there is little room, that is enough. */}
      <span className={classNames("hidden items-center gap-1.5", !hasGhost && "min-[88rem]:flex")}>
        <span aria-hidden className="w-4 border-t border-dashed border-ink-2" />
        threshold
      </span>
      <span className="flex items-center gap-1.5">
        <span aria-hidden className="h-0 w-4 border-t-2 border-accent" />
        {aggregateLabel} so far{scale === 1 ? "" : `, ÷ ${scale.toFixed(2)}`}
      </span>
    </div>
  );
}
