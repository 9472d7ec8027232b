import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useMemo, useRef } from "react";
import { changeCompareView, hoverRow } from "../../actions/look-at-comparison.ts";
import { assertDefined } from "../../core/assert.ts";
import { byLargestChange, type ChangeKind } from "../../core/compare/changes.ts";
import type { StepIndex } from "../../core/units.ts";
import { type CompareOrder, useCompareView } from "../../state/compare-view.ts";
import type { Comparison } from "../../state/comparison.ts";
import { inspectRun } from "../../state/inspection.ts";
import type { Run } from "../../state/runs.ts";
import { classNames } from "../../ui/class-names.ts";
import { formatCount } from "../../ui/format-number.ts";
import { Select } from "../../ui/select.tsx";
import { usePrinting } from "../use-printing.ts";
import { AlignedRow } from "./aligned-row.tsx";

interface AlignedListProps {
  readonly a: Run;
  readonly b: Run;
  readonly thresholdA: number | undefined;
  readonly thresholdB: number | undefined;
  readonly comparison: Comparison;
  /** Brings a row of the alignment into view. */
  readonly revealRef: RefObject<((row: number) => void) | null>;
  readonly onOpen: (step: StepIndex) => void;
}

const ESTIMATED_ROW = 64;
const OVERSCAN = 8;

const KINDS = [
  { kind: undefined, label: "All" },
  { kind: "regressed", label: "Regressed" },
  { kind: "improved", label: "Improved" },
  { kind: "same", label: "No change" },
  { kind: "only-a", label: "Only in A" },
  { kind: "only-b", label: "Only in B" },
  { kind: "unknown", label: "Not scored" },
] as const satisfies readonly { kind: ChangeKind | undefined; label: string }[];

const ORDERS = [
  { id: "chain", label: "as in the chains" },
  { id: "change", label: "largest change first" },
] as const satisfies readonly { id: CompareOrder; label: string }[];

/** The aligned texts, with a filter by what became of the steps. */
export function AlignedList(props: AlignedListProps) {
  const { a, b, thresholdA, thresholdB, comparison, revealRef, onOpen } = props;
  const { rows, counts } = comparison;
  const kind = useCompareView((state) => state.kind);
  const order = useCompareView((state) => state.order);
  const hovered = useCompareView((state) => state.hovered);
  const shown = useMemo(() => {
    const sorted = order === "change" ? byLargestChange(rows) : [...rows.keys()];
    return kind === undefined ? sorted : sorted.filter((index) => rows[index]?.kind === kind);
  }, [rows, kind, order]);
  const inspectedA = useMemo(() => inspectRun(a, thresholdA), [a, thresholdA]);
  const inspectedB = useMemo(() => inspectRun(b, thresholdB), [b, thresholdB]);
  const scrollRef = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ESTIMATED_ROW,
    getItemKey: (index) => shown[index] ?? index,
    overscan: OVERSCAN,
  });
  const isPrinting = usePrinting();
  const drawn = isPrinting
    ? shown.map((row, index) => ({ index, start: undefined, key: row }))
    : virtualizer.getVirtualItems();
  revealRef.current = (row) => {
    const index = shown.indexOf(row);
    if (index >= 0) {
      virtualizer.scrollToIndex(index, { align: "center" });
    }
  };
  return (
    <section aria-label="Aligned steps" className="flex min-h-0 min-w-0 flex-1 flex-col xl:min-h-64">
      <div className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1.5 border-y border-line px-5 py-1.5">
        <fieldset aria-label="What became of the steps" className="-ml-2 flex flex-wrap gap-y-1">
          {KINDS.filter((one) => one.kind === undefined || counts[one.kind] > 0).map((one) => (
            <button
              key={one.label}
              type="button"
              aria-pressed={one.kind === kind}
              onClick={() => changeCompareView({ kind: one.kind })}
              className={classNames(
                "h-7 rounded-md px-2 text-xs whitespace-nowrap",
                // On paper only what is shown is named.
                one.kind !== kind && "print:hidden",
                one.kind === kind
                  ? "bg-sunken font-semibold text-ink ring-1 ring-line-strong ring-inset"
                  : "text-ink-2 hover:bg-sunken",
              )}
            >
              {one.label}{" "}
              <span className="text-ink-3">
                {formatCount(one.kind === undefined ? rows.length : counts[one.kind])}
              </span>
            </button>
          ))}
        </fieldset>
        <Select
          label="Order"
          className="sm:ml-auto"
          options={ORDERS}
          value={order}
          onChange={(id) => changeCompareView({ order: id })}
        />
      </div>
      <div
        ref={scrollRef}
        className="min-h-0 flex-1 overflow-y-auto max-xl:max-h-[70vh] print:max-h-none print:overflow-visible"
      >
        {shown.length === 0 && <p className="px-5 py-4 text-sm text-ink-2">No step is of this kind now.</p>}
        <ol
          className="relative w-full"
          style={isPrinting ? undefined : { height: virtualizer.getTotalSize() }}
        >
          {drawn.map(({ index, start, key }) => {
            const number = assertDefined(shown[index], "shown row");
            const row = assertDefined(rows[number], "row");
            return (
              <AlignedRow
                key={key}
                ref={virtualizer.measureElement}
                offset={start}
                number={number}
                position={index}
                count={shown.length}
                row={row}
                stepA={row.a === undefined ? undefined : assertDefined(a.trace.steps[row.a], "step")}
                stepB={row.b === undefined ? undefined : assertDefined(b.trace.steps[row.b], "step")}
                rewardA={row.a === undefined ? undefined : inspectedA.rewards[row.a]}
                rewardB={row.b === undefined ? undefined : inspectedB.rewards[row.b]}
                thresholdA={inspectedA.threshold}
                thresholdB={inspectedB.threshold}
                rangeA={inspectedA.range}
                rangeB={inspectedB.range}
                isHovered={number === hovered}
                onHover={hoverRow}
                onOpen={onOpen}
              />
            );
          })}
        </ol>
      </div>
    </section>
  );
}
