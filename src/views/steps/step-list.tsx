import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import { showWhole, toggleRun } from "../../actions/folds.ts";
import { hover, select } from "../../actions/navigate.ts";
import { extendRange } from "../../actions/step-range.ts";
import { assertDefined } from "../../core/assert.ts";
import type { SimilarRun } from "../../core/similar-steps.ts";
import type { StepIndex } from "../../core/units.ts";
import { findInRun, useFind } from "../../state/find.ts";
import { type ListRow, useFolds } from "../../state/folds.ts";
import type { Inspection } from "../../state/inspection.ts";
import { orderSteps, type Reading } from "../../state/reading.ts";
import { notScoredReason, type Run } from "../../state/runs.ts";
import { useTokenCount } from "../../state/token-count.ts";
import { useView, viewStore } from "../../state/view-state.ts";
import { notScoredWords } from "../not-scored-words.ts";
import { usePrinting } from "../use-printing.ts";
import { useStale } from "../use-stale.ts";
import { FindBand } from "./find-band.tsx";
import { FoldRow } from "./fold-row.tsx";
import { StepListHeader } from "./step-list-header.tsx";
import { StepRow } from "./step-row.tsx";
import { useDraftTaken } from "./use-draft-taken.ts";
import { useFirstHitInView } from "./use-first-hit-in-view.ts";
import { useHitInView } from "./use-hit-in-view.ts";
import { useListRows } from "./use-list-rows.ts";
import { useLockedInView } from "./use-locked-in-view.ts";

interface StepListProps {
  readonly run: Run;
  readonly inspection: Inspection;
  readonly reading: Reading;
  readonly context: number | undefined;
  /** Of each step, against the chain before an edit. */
  readonly changes?: readonly (number | undefined)[] | undefined;
}

const ESTIMATED_ROW = 62;
const OVERSCAN = 8;

/** Of a row that is none. */
const NO_STEP = -1;

function rowKey(row: ListRow | undefined, place: number): string | number {
  if (row === undefined) {
    return place;
  }
  return row.kind === "step" ? row.index : `run ${row.run.from}`;
}

/** The place of each step in the order. */
function placesIn(order: readonly StepIndex[]): readonly number[] {
  const places: number[] = new Array(order.length).fill(0);
  for (const [place, index] of order.entries()) {
    places[index] = place;
  }
  return places;
}

/** How many steps of a run are found. */
function countIn(found: ReadonlyMap<StepIndex, unknown> | undefined, { from, to }: SimilarRun): number {
  let count = 0;
  for (let index = from; index < to; index += 1) {
    count += found?.has(index) === true ? 1 : 0;
  }
  return count;
}

export function StepList({ run, inspection, reading, context, changes }: StepListProps) {
  const { steps } = run.trace;
  const scrollRef = useRef<HTMLDivElement>(null);
  const showsHeat = useView((state) => state.showsHeat);
  const showsRaw = useView((state) => state.showsRaw);
  const selected = useView((state) => state.selected);
  const hovered = useView((state) => state.hovered?.index);
  const tokens = useTokenCount(run.source);
  const editing = useView((state) => state.editing);
  // What is shown must be what is in the fields: an edit of something else would undo what was typed.
  const canEdit = useStale(run) !== "text";
  useDraftTaken();
  const stepOrder = useView((state) => state.stepOrder);
  const order = useMemo(
    () => orderSteps(stepOrder, steps.length, reading.disagreements),
    [stepOrder, steps.length, reading.disagreements],
  );
  const places = useMemo(() => placesIn(order), [order]);
  const { rows, canFold } = useListRows(run, inspection, reading, order, stepOrder === "chain");
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ESTIMATED_ROW,
    overscan: OVERSCAN,
    getItemKey: (place) => rowKey(rows[place], place),
  });
  const shownSteps = useMemo(() => rows.map((row) => (row.kind === "step" ? row.index : NO_STEP)), [rows]);
  useLockedInView(virtualizer, shownSteps);
  const find = useFind((state) => state);
  const opened = useFolds((state) => state.opened);
  const outcome = findInRun(find, run, inspection, reading);
  const spans = outcome.kind === "found" ? outcome.found.spans : undefined;
  useHitInView(scrollRef, find.current);
  useFirstHitInView(virtualizer, rows, find, outcome);
  useEffect(() => {
    if (stepOrder !== "chain") {
      // What the other order is for stands at its top.
      virtualizer.scrollToOffset(0);
    }
  }, [stepOrder, virtualizer]);
  const isPrinting = usePrinting();
  const drawn = isPrinting
    ? rows.map((row, index) => ({ index, start: undefined, key: rowKey(row, index) }))
    : virtualizer.getVirtualItems();
  const { trace } = run;
  const shownTrace = useRef(trace);
  useEffect(() => {
    // Another text starts at its top.
    if (shownTrace.current !== trace) {
      shownTrace.current = trace;
      if (viewStore.getState().selected === undefined) {
        virtualizer.scrollToOffset(0);
      }
    }
  }, [trace, virtualizer]);
  const hasLanes = steps.some((step) => step.lane === "thinking");
  return (
    <section aria-label="Steps" className="flex min-h-0 min-w-0 flex-col">
      <StepListHeader run={run} reading={reading} canFold={canFold} />
      {find.isOpen && <FindBand outcome={outcome} list={scrollRef} />}
      <div
        ref={scrollRef}
        className="min-h-0 flex-1 overflow-y-auto max-xl:max-h-[70vh] print:max-h-none print:overflow-visible"
      >
        <ol
          className="relative w-full"
          style={isPrinting ? undefined : { height: virtualizer.getTotalSize() }}
        >
          {drawn.map(({ index: place, start, key }) => {
            const row = assertDefined(rows[place], "place in the list");
            if (row.kind === "run") {
              return (
                <FoldRow
                  key={key}
                  ref={virtualizer.measureElement}
                  offset={start}
                  place={place}
                  run={row.run}
                  isOpen={row.isOpen}
                  steps={steps}
                  rewards={inspection.rewards}
                  tags={reading.tags}
                  hitCount={countIn(spans, row.run)}
                  onToggle={toggleRun}
                />
              );
            }
            const { index } = row;
            const step = assertDefined(steps[index], "step");
            const score = run.scores[index];
            return (
              <StepRow
                key={key}
                ref={virtualizer.measureElement}
                offset={start}
                place={place}
                position={places[index] ?? index}
                step={step}
                check={assertDefined(reading.checks[index], "check")}
                tag={assertDefined(reading.tags[index], "tag")}
                label={reading.labels[index] ?? undefined}
                count={steps.length}
                score={score}
                threshold={inspection.threshold}
                range={inspection.range}
                notScored={score ? undefined : notScoredWords(notScoredReason(run, index), context)}
                hasLane={hasLanes}
                opensLane={hasLanes && steps[order[(places[index] ?? 0) - 1] ?? NO_STEP]?.lane !== step.lane}
                isFirstError={index === inspection.firstError}
                isSelected={index === selected}
                isHovered={index === hovered}
                showsHeat={showsHeat}
                showsRaw={showsRaw}
                change={changes?.[index]}
                tokens={score === undefined ? tokens?.steps[index] : undefined}
                hits={spans?.get(index)}
                currentHit={find.isOpen && find.current?.step === index ? find.current : undefined}
                isOpen={opened.has(index)}
                editing={canEdit && editing?.index === index ? editing : undefined}
                editable={canEdit && index === selected ? trace : undefined}
                onHover={hoverInList}
                onSelect={selectInList}
                onOpen={showWhole}
              />
            );
          })}
        </ol>
      </div>
    </section>
  );
}

// Stable identities, so that memoised rows stay as they are.
const hoverInList = (index: number | undefined) =>
  hover(index === undefined ? undefined : { index, pane: "list" });
const selectInList = (index: number, isRange: boolean) => {
  if (isRange) {
    extendRange(index, "list");
  } else {
    select(index, "list");
  }
};
