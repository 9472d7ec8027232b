import { LoaderCircle, TriangleAlert } from "lucide-react";
import { useMemo, useState } from "react";
import { alignAgain } from "../../actions/align-lanes.ts";
import { hover, select } from "../../actions/navigate.ts";
import { toggleRibbons } from "../../actions/read-chain.ts";
import type { Alignment } from "../../core/alignment/align.ts";
import type { Fault, FaultKind } from "../../core/alignment/faults.ts";
import { assertDefined } from "../../core/assert.ts";
import type { StepIndex } from "../../core/units.ts";
import type { Inspection } from "../../state/inspection.ts";
import { alignmentOf, faultsOf, type LaneAlignment, useLanes } from "../../state/lane-alignment.ts";
import type { Reading } from "../../state/reading.ts";
import type { Run } from "../../state/runs.ts";
import { useView } from "../../state/view-state.ts";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { divergingBin } from "../../ui/diverging-scale.ts";
import { plural } from "../../ui/format-number.ts";
import { Kbd } from "../../ui/kbd.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useActionContext } from "../action-context.ts";
import { MaximiseButton } from "../maximise-button.tsx";
import { READING_KEYS } from "../reading-keys.ts";
import { RibbonFaults } from "./ribbon-faults.tsx";
import { layOutRibbons, RIBBON_WIDTH, type Ribbon, type RibbonLayout } from "./ribbon-layout.ts";
import { RibbonRow } from "./ribbon-row.tsx";
import { NOT_ALIGNED_WORDS } from "./ribbon-words.ts";

interface RibbonViewProps {
  readonly run: Run;
  readonly inspection: Inspection;
  readonly reading: Reading;
}

/** In place of the list: which thought each step of the response came from, and where one does not follow. */
export function RibbonView({ run, inspection, reading }: RibbonViewProps) {
  const lanes = useLanes((state) => alignmentOf(state, run.trace));
  const alignment = lanes.kind === "aligned" ? lanes.alignment : undefined;
  const faults = useMemo(
    () => (alignment === undefined ? [] : faultsOf(alignment, inspection, reading)),
    [alignment, inspection, reading],
  );
  return (
    <section aria-label="Thinking to response" className="flex min-h-0 min-w-0 flex-col">
      <div className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-5 py-1.5">
        <h2 className="text-sm font-semibold">Thinking to response</h2>
        <Button kind="link" className="ml-auto text-xs" onClick={toggleRibbons}>
          Back to the steps
        </Button>
        <Kbd>{READING_KEYS.ribbons}</Kbd>
        <MaximiseButton pane="steps" />
      </div>
      {alignment === undefined ? (
        <NoRibbons run={run} lanes={lanes} />
      ) : (
        <>
          <RibbonFaults faults={faults} responseCount={alignment.responses.length} />
          <Ribbons run={run} inspection={inspection} alignment={alignment} faults={faults} />
        </>
      )}
    </section>
  );
}

/** In place of ribbons: that they are on their way, or why there are none. */
function NoRibbons({ run, lanes }: { readonly run: Run; readonly lanes: LaneAlignment }) {
  const ctx = useActionContext();
  if (lanes.kind === "failed") {
    return (
      <div className="px-5 py-4">
        <Notice
          role="alert"
          tone="bad"
          icon={<TriangleAlert aria-hidden className="size-4" />}
          action={<Button onClick={() => alignAgain(ctx)}>Try again</Button>}
        >
          Thinking and response could not be aligned: the thread that was at it stopped.
        </Notice>
      </div>
    );
  }
  if (lanes.kind === "not-aligned") {
    return <p className="max-w-prose px-5 py-4 text-sm text-ink-2">{NOT_ALIGNED_WORDS[lanes.why]}</p>;
  }
  const { steps } = run.trace;
  const thoughtCount = steps.filter(({ lane }) => lane === "thinking").length;
  return (
    <p
      role="status"
      // Mostly it is over before one has read this: it shows only where it takes longer.
      className="flex items-center gap-2 px-5 py-4 text-sm text-ink-2 transition-opacity delay-250 duration-150 starting:opacity-0"
    >
      <LoaderCircle aria-hidden className="size-4 shrink-0 animate-spin text-ink-3" />
      Reading which of {plural(thoughtCount, "thought")} each of{" "}
      {plural(steps.length - thoughtCount, "response step")} came from …
    </p>
  );
}

interface RibbonsProps {
  readonly run: Run;
  readonly inspection: Inspection;
  readonly alignment: Alignment;
  readonly faults: readonly Fault[];
}

const NO_PARTNERS: readonly StepIndex[] = [];
const NO_FAULTS: readonly FaultKind[] = [];

/** The steps at the other ends of each step's ribbons. */
function partnersOf({ links }: Alignment): ReadonlyMap<StepIndex, readonly StepIndex[]> {
  const partners = new Map<StepIndex, StepIndex[]>();
  for (const { thought, response } of links) {
    for (const [from, to] of [
      [thought, response],
      [response, thought],
    ] as const) {
      const known = partners.get(from);
      if (known === undefined) {
        partners.set(from, [to]);
      } else {
        known.push(to);
      }
    }
  }
  return partners;
}

/** The kinds of faults of each step that has any. */
function faultsByStep(faults: readonly Fault[]): ReadonlyMap<StepIndex, readonly FaultKind[]> {
  const kinds = new Map<StepIndex, Set<FaultKind>>();
  for (const { index, kind } of faults) {
    kinds.set(index, (kinds.get(index) ?? new Set()).add(kind));
  }
  return new Map([...kinds].map(([index, ofStep]) => [index, [...ofStep]]));
}

// Stable identities, so that memoised rows stay as they are.
const hoverRow = (index: StepIndex | undefined) =>
  hover(index === undefined ? undefined : { index, pane: "list" });
const selectRow = (index: StepIndex) => select(index, "list");

/** Rows this far above and below the window are drawn, too; the window moves in steps of this. */
const PAGE = 600;
/** Taller than any window. */
const WINDOW = 2400;

function Ribbons({ run, inspection, alignment, faults }: RibbonsProps) {
  const layout = useMemo(() => layOutRibbons(alignment), [alignment]);
  const partners = useMemo(() => partnersOf(alignment), [alignment]);
  const kinds = useMemo(() => faultsByStep(faults), [faults]);
  const [page, setPage] = useState(0);
  const selected = useView((state) => state.selected);
  const hovered = useView((state) => state.hovered?.index);
  const isNear = (top: number, bottom: number) => bottom > (page - 1) * PAGE && top < page * PAGE + WINDOW;
  const rows = (indices: readonly StepIndex[]) =>
    indices.flatMap((index) => {
      const top = layout.tops.get(index) ?? 0;
      const reward = inspection.rewards[index];
      return isNear(top, top)
        ? [
            <RibbonRow
              key={index}
              top={top}
              step={assertDefined(run.trace.steps[index], "step")}
              reward={reward}
              bin={reward === undefined ? undefined : divergingBin(reward, inspection.threshold)}
              partners={partners.get(index) ?? NO_PARTNERS}
              faults={kinds.get(index) ?? NO_FAULTS}
              isSelected={index === selected}
              isHovered={index === hovered}
              onHover={hoverRow}
              onSelect={selectRow}
            />,
          ]
        : [];
    });
  return (
    <div
      className="min-h-0 flex-1 overflow-y-auto max-xl:max-h-[70vh] print:max-h-none print:overflow-visible"
      onScroll={(event) => setPage(Math.floor(event.currentTarget.scrollTop / PAGE))}
    >
      <div className="grid grid-cols-[minmax(0,1fr)_clamp(40px,10%,120px)_minmax(0,1fr)]">
        <p className="caption px-5 pt-2 pb-1" style={{ color: "var(--thinking)" }}>
          Thinking
        </p>
        <span />
        <p className="caption px-3 pt-2 pb-1" style={{ color: "var(--response)" }}>
          Response
        </p>
        <ol aria-label="Thoughts" className="relative" style={{ height: layout.height }}>
          {rows(alignment.thoughts)}
        </ol>
        <RibbonPaths
          layout={layout}
          inspection={inspection}
          selected={selected}
          hovered={hovered}
          isNear={isNear}
        />
        <ol aria-label="Response steps" className="relative" style={{ height: layout.height }}>
          {rows(alignment.responses)}
        </ol>
      </div>
    </div>
  );
}

interface RibbonPathsProps {
  readonly layout: RibbonLayout;
  readonly inspection: Inspection;
  /** The steps whose ribbons stand out; those of others step back while one is pointed at. */
  readonly selected: StepIndex | undefined;
  readonly hovered: StepIndex | undefined;
  readonly isNear: (top: number, bottom: number) => boolean;
}

/** The rows say in words what is drawn here. */
function RibbonPaths({ layout, inspection, selected, hovered, isNear }: RibbonPathsProps) {
  const { rewards, threshold } = inspection;
  const shown = hovered ?? selected;
  const touches = ({ link }: Ribbon) => link.thought === shown || link.response === shown;
  const isPointed = hovered !== undefined && layout.ribbons.some(touches);
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${RIBBON_WIDTH} ${layout.height}`}
      preserveAspectRatio="none"
      className="block w-full"
      style={{ height: layout.height }}
    >
      {layout.ribbons
        .filter(({ top, bottom }) => isNear(top, bottom))
        .map((ribbon) => {
          const { thought, response, isOutOfOrder } = ribbon.link;
          const reward = rewards[thought];
          return (
            <path
              key={`${thought} ${response}`}
              d={ribbon.path}
              data-ribbon={`${thought} ${response}`}
              data-bin={reward === undefined ? undefined : divergingBin(reward, threshold)}
              strokeDasharray={isOutOfOrder ? "3 3" : undefined}
              vectorEffect="non-scaling-stroke"
              className={classNames(
                "stroke-1",
                reward === undefined
                  ? "fill-line-strong stroke-line-strong"
                  : "fill-(--bin-mark) stroke-(--bin-mark)",
              )}
              fillOpacity={isOutOfOrder ? 0 : touches(ribbon) ? 0.65 : isPointed ? 0.14 : 0.32}
              strokeOpacity={touches(ribbon) ? 1 : isPointed ? 0.25 : 0.6}
            />
          );
        })}
    </svg>
  );
}
