import { ArrowLeftRight, Info, PinOff } from "lucide-react";
import { useCallback, useMemo, useRef } from "react";
import { swapPinned, unpin } from "../../actions/compare.ts";
import { closeCover } from "../../actions/cover.ts";
import { select } from "../../actions/navigate.ts";
import {
  alignRuns,
  type Caveat,
  caveatsOf,
  compareAggregates,
  compareRuns,
  otherAnswers,
  thresholdOf,
} from "../../state/comparison.ts";
import { inspectRun } from "../../state/inspection.ts";
import { identityOf } from "../../state/model-identity.ts";
import { useModelName } from "../../state/model-names.ts";
import { isSameRun, referenceOf, usePinned } from "../../state/pinned.ts";
import { isUnderWay, type Run, useRun } from "../../state/runs.ts";
import { useAggregateSettings, useView } from "../../state/view-state.ts";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Disclosure } from "../../ui/disclosure.tsx";
import { PinButton } from "../pin-button.tsx";
import { SIDES, type Side } from "../side-colours.ts";
import { AggregateTable } from "./aggregate-table.tsx";
import { AlignedList } from "./aligned-list.tsx";
import { OverlayChart } from "./overlay-chart.tsx";
import { OverlayLegend } from "./overlay-legend.tsx";
import { RunDistributions } from "./run-distributions.tsx";
import { CHANGE_MEANING, coverageWords, editWords, headline, summaryWords } from "./run-words.ts";
import { useRunTitle } from "./use-run-title.ts";

/** Two runs over one another: A is the pinned one, or that of before an edit; the one on the screen is B. */
export function ComparePage() {
  const pinned = usePinned((state) => state);
  const run = useRun((current) => current);
  const reference = referenceOf(pinned);
  if (reference === undefined || run === undefined || isSameRun(reference, run)) {
    return <NothingToCompare pinned={pinned.run} run={run} />;
  }
  return <ComparedRuns a={reference} b={run} isPinned={pinned.before === undefined} />;
}

function NothingToCompare({
  pinned,
  run,
}: {
  readonly pinned: Run | undefined;
  readonly run: Run | undefined;
}) {
  const nameOf = useModelName();
  return (
    <section
      aria-labelledby="compare-heading"
      className="mx-auto flex w-full max-w-[720px] flex-col items-start gap-4 px-4 py-8 sm:px-8"
    >
      <h2 id="compare-heading" className="text-[22px] leading-8 font-semibold tracking-[-0.015em]">
        Compare two chains
      </h2>
      {pinned === undefined ? (
        <>
          <p className="text-base text-ink-2">
            Pin a scored chain: it becomes A. Whatever is scored or opened after it is B, and both reward
            curves are drawn over one another, step by step.
          </p>
          {run === undefined ? (
            <p className="text-sm text-ink-3">Nothing is scored yet. Score a chain, or open an example.</p>
          ) : (
            <PinButton run={run} />
          )}
        </>
      ) : (
        <>
          <p className="text-base text-ink-2">
            A is “<RunName run={pinned} />
            ”, {coverageWords(pinned)}, scored by {nameOf(identityOf(pinned))}.
          </p>
          <p className="text-base text-ink-2">
            Now make B: edit the text and score it again, choose another model and score it again, or open
            another chain.
          </p>
          <Button
            kind="quiet"
            className="-ml-2"
            icon={<PinOff aria-hidden className="size-3.5" />}
            onClick={unpin}
          >
            Unpin A
          </Button>
        </>
      )}
    </section>
  );
}

const CAVEAT_WORDS = {
  problem: "A and B answer different problems.",
  protocol: "A and B were scored by models whose rewards mean different things; compare shapes, not heights.",
  model: "A and B were scored by different models.",
  unfinished: "Not every step has a reward; what is missing is not counted.",
} as const satisfies Record<Caveat, string>;

interface ComparedRunsProps {
  readonly a: Run;
  readonly b: Run;
  /** Else A is the chain before an edit, for this one time. */
  readonly isPinned: boolean;
}

function ComparedRuns({ a, b, isPinned }: ComparedRunsProps) {
  const chosen = useView((state) => state.threshold);
  const settings = useAggregateSettings();
  const [traceA, traceB] = [a.trace, b.trace];
  const aligned = useMemo(() => alignRuns({ trace: traceA }, { trace: traceB }), [traceA, traceB]);
  const comparison = useMemo(() => compareRuns(a, b, aligned), [a, b, aligned]);
  const pairs = useMemo(() => compareAggregates(a, b, settings), [a, b, settings]);
  const thresholdA = thresholdOf(a, chosen);
  const thresholdB = thresholdOf(b, chosen);
  const revealRef = useRef<(row: number) => void>(null);
  const reveal = useCallback((row: number) => revealRef.current?.(row), []);
  const answers = useMemo(() => otherAnswers({ trace: traceA }, { trace: traceB }), [traceA, traceB]);
  const summary = summaryWords(comparison.counts);
  const caveats = caveatsOf(a, b);
  return (
    <section aria-labelledby="compare-heading" className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex flex-wrap items-start gap-x-10 gap-y-3 px-5 pt-3 pb-2">
        <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <h2
              id="compare-heading"
              title={CHANGE_MEANING}
              className="text-xl leading-7 font-semibold tracking-[-0.015em]"
            >
              {headline(comparison.counts, answers)}
            </h2>
          </div>
          <RunLine letter="A" run={a} edit={editWords(a, b)} note={isPinned ? ", pinned" : ""} />
          <RunLine letter="B" run={b} edit={editWords(b, a)} note="" />
          {caveats.length > 0 && (
            <p className="flex items-start gap-1.5 text-xs text-ink-2">
              <Info aria-hidden className="mt-px size-3.5 shrink-0 text-ink-3" />
              <span>{caveats.map((caveat) => CAVEAT_WORDS[caveat]).join(" ")}</span>
            </p>
          )}
          <div className="-ml-2 flex">
            <Button
              kind="quiet"
              className="h-7 text-xs"
              disabled={isUnderWay(b)}
              icon={<ArrowLeftRight aria-hidden className="size-3.5" />}
              onClick={swapPinned}
            >
              Swap A and B
            </Button>
            {isPinned && (
              <Button
                kind="quiet"
                className="h-7 text-xs"
                icon={<PinOff aria-hidden className="size-3.5" />}
                onClick={unpin}
              >
                Unpin A
              </Button>
            )}
          </div>
        </div>
        <AggregateTable
          pairs={pairs}
          firstErrors={{ a: errorOf(a, thresholdA), b: errorOf(b, thresholdB) }}
        />
      </div>
      <div className="px-5 pb-2">
        <OverlayLegend a={a} b={b} comparison={comparison} />
        <OverlayChart
          rows={comparison.rows}
          range={comparison.range}
          thresholdA={thresholdA}
          thresholdB={thresholdB}
          summary={summary}
          onChoose={reveal}
        />
        <Disclosure title="Distribution of the rewards">
          {() => <RunDistributions a={a} b={b} range={comparison.range} />}
        </Disclosure>
      </div>
      <AlignedList
        a={a}
        b={b}
        thresholdA={thresholdA}
        thresholdB={thresholdB}
        comparison={comparison}
        revealRef={revealRef}
        onOpen={openStep}
      />
    </section>
  );
}

const openStep = (index: number) => {
  closeCover();
  select(index, "page");
};

function errorOf(run: Run, threshold: number | undefined): number | undefined {
  const { firstError, scoredCount } = inspectRun(run, threshold);
  return threshold === undefined || scoredCount === 0 ? undefined : firstError;
}

function RunName({ run }: { readonly run: Run }) {
  return useRunTitle(run);
}

interface RunLineProps {
  readonly letter: Side;
  readonly run: Run;
  /** Which of two versions of one chain it is. */
  readonly edit: string | undefined;
  /** Ends the line. */
  readonly note: string;
}

function RunLine({ letter, run, edit, note }: RunLineProps) {
  const title = useRunTitle(run);
  const nameOf = useModelName();
  return (
    <p className="flex min-w-0 items-baseline gap-2 text-sm">
      <span className={classNames("font-semibold", SIDES[letter].text)}>{letter}</span>
      <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
        <span className="flex max-w-max min-w-0 grow basis-64 items-baseline gap-1.5">
          <span className="min-w-0 truncate" title={title}>
            {title}
          </span>
          {edit !== undefined && <span className="shrink-0 font-medium">{edit}</span>}
        </span>
        {/* Either may tell two runs apart: where there is no room for both, this goes to a line of its own. */}
        <span className="max-w-full truncate text-xs text-ink-3">
          {coverageWords(run)}, {nameOf(identityOf(run))}
          {note}
        </span>
      </span>
    </p>
  );
}
