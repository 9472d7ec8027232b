import { useVirtualizer } from "@tanstack/react-virtual";
import { Search } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { openFind } from "../actions/find.ts";
import { showWhole } from "../actions/folds.ts";
import { changeView, hover, select } from "../actions/navigate.ts";
import { extendRange } from "../actions/step-range.ts";
import { assertDefined } from "../core/assert.ts";
import { findInRun, useFind } from "../state/find.ts";
import { useFolds } from "../state/folds.ts";
import type { Inspection } from "../state/inspection.ts";
import { orderSteps, type Reading, type StepOrder } from "../state/reading.ts";
import { notScoredReason, type Run } from "../state/runs.ts";
import { useTokenCount } from "../state/token-count.ts";
import { useView, viewStore } from "../state/view-state.ts";
import { Button } from "../ui/button.tsx";
import { plural } from "../ui/format-number.ts";
import { Select } from "../ui/select.tsx";
import { Switch } from "../ui/switch.tsx";
import { COMMANDS } from "./commands/index.ts";
import { Combo } from "./commands/shortcut-overlay.tsx";
import { FindBand } from "./find-band.tsx";
import { MaximiseButton } from "./maximise-button.tsx";
import { notScoredWords } from "./not-scored-words.ts";
import { PlaybackControl } from "./playback-control.tsx";
import { RawSwitch } from "./raw-switch.tsx";
import { RibbonsButton } from "./ribbons-button.tsx";
import { StepRow } from "./step-row.tsx";
import { HeatLegend } from "./token-text.tsx";
import { UndoButtons } from "./undo-buttons.tsx";
import { useHitInView } from "./use-hit-in-view.ts";
import { useLockedInView } from "./use-locked-in-view.ts";
import { usePrinting } from "./use-printing.ts";
import { useStale } from "./use-stale.ts";

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

const ORDERS: readonly { readonly id: StepOrder; readonly label: string }[] = [
  { id: "chain", label: "In order" },
  { id: "disagreement", label: "By disagreement" },
];

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
  const stepOrder = useView((state) => state.stepOrder);
  const order = useMemo(
    () => orderSteps(stepOrder, steps.length, reading.disagreements),
    [stepOrder, steps.length, reading.disagreements],
  );
  const virtualizer = useVirtualizer({
    count: steps.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ESTIMATED_ROW,
    overscan: OVERSCAN,
    getItemKey: (place) => order[place] ?? place,
  });
  useLockedInView(virtualizer, order);
  const find = useFind((state) => state);
  const opened = useFolds((state) => state.opened);
  const outcome = findInRun(find, run.trace, { steps, rewards: inspection.rewards, tags: reading.tags });
  const spans = outcome.kind === "found" ? outcome.found.spans : undefined;
  useHitInView(scrollRef, find.current);
  const isPrinting = usePrinting();
  const rows = isPrinting
    ? order.map((_, index) => ({ index, start: 0, key: index }))
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
  const hasHeat = run.scores.some((score) => score?.hazards !== undefined);
  return (
    <section aria-label="Steps" className="flex min-h-0 min-w-0 flex-col">
      <div className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-5 py-1.5">
        <h2 className="text-sm font-semibold">{plural(steps.length, "step")}</h2>
        <ShortcutHint />
        <PlaybackControl />
        <UndoButtons />
        {(reading.disagreements.length > 0 || stepOrder !== "chain") && (
          <Select
            label="Order of the steps"
            hidesLabel
            className="w-36"
            options={ORDERS}
            value={stepOrder}
            onChange={(id) => changeView({ stepOrder: id })}
          />
        )}
        {hasLanes && run.protocol !== undefined && <RibbonsButton />}
        <RawSwitch steps={steps} />
        <span className="ml-auto flex items-center gap-3">
          {hasHeat && showsHeat && <HeatLegend />}
          {hasHeat && (
            <Switch
              label="Token heat"
              title="Colours tokens by their hazard: the chance that the chain goes wrong there"
              checked={showsHeat}
              onChange={(checked) => changeView({ showsHeat: checked })}
            />
          )}
          <Button
            kind="quiet"
            className="-mr-1.5 size-7 p-0 print:hidden"
            aria-label="Find in the steps"
            title="Find in the steps (/)"
            icon={<Search aria-hidden className="size-3.5" />}
            onClick={openFind}
          />
          <MaximiseButton pane="steps" />
        </span>
      </div>
      {find.isOpen && <FindBand outcome={outcome} list={scrollRef} />}
      <div
        ref={scrollRef}
        className="min-h-0 flex-1 overflow-y-auto max-xl:max-h-[70vh] print:max-h-none print:overflow-visible"
      >
        <ol
          className="relative w-full"
          style={isPrinting ? undefined : { height: virtualizer.getTotalSize() }}
        >
          {rows.map(({ index: place, start, key }) => {
            const index = assertDefined(order[place], "place in the order");
            const step = assertDefined(steps[index], "step");
            const score = run.scores[index];
            return (
              <StepRow
                key={key}
                ref={virtualizer.measureElement}
                offset={isPrinting ? undefined : start}
                place={place}
                step={step}
                check={assertDefined(reading.checks[index], "check")}
                tag={assertDefined(reading.tags[index], "tag")}
                count={steps.length}
                score={score}
                threshold={inspection.threshold}
                range={inspection.range}
                notScored={score ? undefined : notScoredWords(notScoredReason(run, index), context)}
                hasLane={hasLanes}
                opensLane={hasLanes && steps[order[place - 1] ?? -1]?.lane !== step.lane}
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
                editable={canEdit && index === selected ? steps : undefined}
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

/** Wide enough for all of them, or none: half a row of keys says less than its heading. */
function ShortcutHint() {
  return (
    <p className="hidden items-center gap-3 text-2xs text-ink-3 min-[100rem]:flex print:hidden">
      {COMMANDS.flatMap(({ id, keys: [combo], hint }) =>
        hint === undefined || combo === undefined
          ? []
          : [
              <span key={id} className="flex items-center gap-1">
                <Combo combo={combo} />
                {hint}
              </span>,
            ],
      )}
    </p>
  );
}
