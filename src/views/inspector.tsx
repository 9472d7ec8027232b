import { type CSSProperties, useMemo } from "react";
import { changeView, hover, select } from "../actions/navigate.ts";
import { assertDefined } from "../core/assert.ts";
import { recordOfSource, useCollection } from "../state/collection.ts";
import { useEngine } from "../state/engine-status.ts";
import { ghostView } from "../state/ghost.ts";
import {
  aggregateById,
  aggregateOf,
  inspectRun,
  modelThreshold,
  runningAggregate,
} from "../state/inspection.ts";
import { type Pane, usePanes } from "../state/panes.ts";
import { type Reading, readRun, readText } from "../state/reading.ts";
import type { Run } from "../state/runs.ts";
import { correctionsOf, useTagCorrections } from "../state/tag-corrections.ts";
import { useAggregateSettings, useView } from "../state/view-state.ts";
import { classNames } from "../ui/class-names.ts";
import { PaneSplitter } from "./pane-splitter.tsx";
import { RibbonView } from "./ribbons/ribbon-view.tsx";
import { ScorePanel } from "./score-panel.tsx";
import { StepDetail } from "./steps/step-detail.tsx";
import { StepList } from "./steps/step-list.tsx";
import { Timeline } from "./timeline/timeline.tsx";
import { VerdictPanel } from "./verdict-panel.tsx";

/** Subscribes to what the panes need, derives the rest and hands out plain props. */
export function Inspector({ run }: { readonly run: Run }) {
  const stepsView = useView((state) => state.stepsView);
  const chosen = useView((state) => state.threshold);
  const aggregate = useView((state) => aggregateOf(state.aggregate, run));
  const settings = useAggregateSettings();
  const ownThreshold = useEngine((engine) => modelThreshold(run, engine));
  const context = useEngine((engine) => (engine.kind === "ready" ? engine.model.context : undefined));
  const threshold = chosen ?? ownThreshold;
  const inspection = useMemo(() => inspectRun(run, threshold), [run, threshold]);
  const ghost = useMemo(() => ghostView(run, inspection), [run, inspection]);
  const text = useMemo(() => readText(run.trace), [run.trace]);
  const allCorrections = useTagCorrections();
  const corrections = useMemo(() => correctionsOf(allCorrections, run.trace), [allCorrections, run.trace]);
  const record = useCollection((state) => recordOfSource(state, run.source));
  const reading = useMemo(
    () => readRun(run, inspection, text, corrections, record),
    [run, inspection, text, corrections, record],
  );
  const running = useMemo(() => runningAggregate(run, aggregate, settings), [run, aggregate, settings]);
  const maximised = usePanes((state) => state.maximised);
  const shows = (pane: Pane) => maximised === undefined || maximised === pane;
  const detailWidth = usePanes((state) => state.detail);
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col print:block">
      <p className="hidden border-b border-line px-5 py-3 text-base whitespace-pre-wrap print:block">
        {run.trace.problem}
      </p>
      <div
        className={classNames(
          "grid grid-cols-1 border-b border-line min-[68rem]:grid-cols-[minmax(0,1fr)_minmax(29rem,0.8fr)]",
          maximised !== undefined && "hidden print:grid",
        )}
      >
        <VerdictPanel
          run={run}
          inspection={inspection}
          ghost={ghost}
          record={record}
          reading={reading}
          threshold={threshold}
          ownThreshold={ownThreshold}
          onThreshold={(value) => changeView({ threshold: value })}
        />
        <ScorePanel run={run} inspection={inspection} aggregate={aggregate} settings={settings} />
      </div>
      {shows("timeline") && (
        <Timeline
          isMaximised={maximised === "timeline"}
          run={run}
          inspection={inspection}
          reading={reading}
          threshold={threshold}
          running={running.values}
          ghost={ghost?.before}
          aggregateLabel={aggregateById(aggregate).label}
          aggregateScale={running.scale}
          onHover={(index) => hover(index === undefined ? undefined : { index, pane: "chart" })}
          onSelect={(index) => select(index, "chart")}
        />
      )}
      {maximised !== "timeline" && (
        <div
          className={classNames(
            "grid min-h-0 flex-1 grid-cols-1 border-t border-line xl:min-h-64 print:block",
            maximised === undefined && "md:grid-cols-[minmax(0,1fr)_var(--detail-width)]",
          )}
          style={{ "--detail-width": `${detailWidth}px` } as CSSProperties}
        >
          {shows("steps") && stepsView === "ribbons" && (
            <RibbonView run={run} inspection={inspection} reading={reading} />
          )}
          {shows("steps") && stepsView === "list" && (
            <StepList
              run={run}
              inspection={inspection}
              reading={reading}
              context={context}
              changes={ghost?.changes}
            />
          )}
          {shows("detail") && (
            <div className="relative flex min-h-0 min-w-0 flex-col print:hidden">
              <div className="hidden md:block">
                {maximised === undefined && (
                  <PaneSplitter pane="detail" edge="left" label="Width of the step detail" />
                )}
              </div>
              <ShownStep run={run} inspection={inspection} reading={reading} context={context} />
            </div>
          )}
        </div>
      )}
    </div>
  );
}

interface ShownStepProps {
  readonly run: Run;
  readonly inspection: ReturnType<typeof inspectRun>;
  readonly reading: Reading;
  readonly context: number | undefined;
}

/** The detail follows the pointer on the chart and returns to the locked step when it leaves. */
function ShownStep({ run, inspection, reading, context }: ShownStepProps) {
  const shown = useView(({ hovered, selected }) => (hovered?.pane === "chart" ? hovered.index : selected));
  const isLocked = useView(({ selected }) => selected !== undefined && selected === shown);
  if (shown === undefined || shown >= run.trace.steps.length) {
    return (
      <aside
        aria-label="Step detail"
        className="flex-1 border-line px-4 py-4 text-sm text-ink-3 max-md:border-t md:border-l"
      >
        Choose a step to see its numbers.
      </aside>
    );
  }
  const step = assertDefined(run.trace.steps[shown], "step");
  return (
    <StepDetail
      run={run}
      step={step}
      inspection={inspection}
      reading={reading}
      isLocked={isLocked}
      context={context}
    />
  );
}
