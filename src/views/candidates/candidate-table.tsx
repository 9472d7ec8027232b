import { ArrowDown, ArrowUp, GitCompareArrows, Pin, PinOff } from "lucide-react";
import { memo, useState } from "react";
import { compareCandidate, pinCandidate } from "../../actions/candidates.ts";
import { unpin } from "../../actions/compare.ts";
import { sortCandidates } from "../../actions/look-at-candidates.ts";
import { AGGREGATES, type AggregateId } from "../../core/aggregate/index.ts";
import { firstError } from "../../core/verdict.ts";
import { choicesOf, type Entry, sortEntries } from "../../state/best-of.ts";
import { type CandidateSort, useCandidates } from "../../state/candidates.ts";
import { traitsOf } from "../../state/inspection.ts";
import { isPinned, usePinned } from "../../state/pinned.ts";
import { isUnderWay, type Run, useRun } from "../../state/runs.ts";
import { useView } from "../../state/view-state.ts";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { formatScore, plural } from "../../ui/format-number.ts";
import { MiniBars } from "../../ui/mini-bars.tsx";
import { ScrollBox } from "../../ui/scroll-box.tsx";
import { SHORT_NAMES } from "../aggregate-names.ts";
import { usePrinting } from "../use-printing.ts";
import { CorrectMark } from "./correct-mark.tsx";
import { openInInspector } from "./open-in-inspector.ts";

interface CandidateTableProps {
  readonly entries: readonly Entry[];
  readonly aggregate: AggregateId;
}

/** Rows drawn at first: more are seldom read, and a thousand of them would make the page slow. */
const PAGE = 100;
const RULES = ["naive", "weighted", "majority"] as const;
const RULE_WORDS = { naive: "highest score", weighted: "weighted vote", majority: "majority" } as const;

/** Every candidate with every aggregate; a heading sorts, a number opens. */
export function CandidateTable({ entries, aggregate }: CandidateTableProps) {
  const sort = useCandidates((state) => state.sort);
  const isAscending = useCandidates((state) => state.isAscending);
  const [shown, setShown] = useState(PAGE);
  const isPrinting = usePrinting();
  const order = sortEntries(entries, sort, isAscending);
  const choices = choicesOf(entries, aggregate);
  const wins = (index: number) =>
    RULES.filter((rule) => choices[rule]?.winner === index)
      .map((rule) => RULE_WORDS[rule])
      .join(", ");
  return (
    <section aria-label="Scored candidates" className="flex min-w-0 flex-col gap-2">
      <ScrollBox label="Table of the candidates" className="-mx-4 px-4 sm:mx-0 sm:px-0">
        <table className="w-full min-w-[820px] border-collapse text-left text-xs print:min-w-0 print:[&_td]:px-1 print:[&_th]:px-1">
          <thead>
            <tr className="border-b border-line-strong">
              <SortHeading sort="place" label="#" current={sort} isAscending={isAscending} />
              <th scope="col" className="caption px-2 py-1.5 font-normal">
                Answer
              </th>
              <th scope="col" className="caption w-28 px-2 py-1.5 font-normal">
                Rewards
              </th>
              {AGGREGATES.map(({ id }) => (
                <SortHeading
                  key={id}
                  sort={id}
                  label={SHORT_NAMES[id]}
                  current={sort}
                  isAscending={isAscending}
                  isNumber
                />
              ))}
              <th scope="col" className="caption px-2 py-1.5 text-right font-normal">
                First bad
              </th>
              <th scope="col">
                <span className="sr-only">Compare</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {order.slice(0, isPrinting ? order.length : shown).map((index) => {
              const entry = entries[index];
              return entry === undefined ? null : (
                <CandidateRow key={entry.place} entry={entry} aggregate={aggregate} wins={wins(index)} />
              );
            })}
          </tbody>
        </table>
      </ScrollBox>
      {order.length > shown && !isPrinting && (
        <Button className="self-start" onClick={() => setShown(shown + PAGE)}>
          Show {Math.min(PAGE, order.length - shown)} more of {plural(order.length, "candidate")}
        </Button>
      )}
    </section>
  );
}

interface SortHeadingProps {
  readonly sort: CandidateSort;
  readonly label: string;
  readonly current: CandidateSort;
  readonly isAscending: boolean;
  readonly isNumber?: boolean;
}

function SortHeading({ sort, label, current, isAscending, isNumber = false }: SortHeadingProps) {
  const isCurrent = sort === current;
  const Icon = isAscending ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={isCurrent ? (isAscending ? "ascending" : "descending") : "none"}
      className={classNames("caption px-2 py-1.5 font-normal whitespace-nowrap", isNumber && "text-right")}
    >
      <button
        type="button"
        onClick={() => sortCandidates(sort)}
        className={classNames(
          "inline-flex items-center gap-0.5 hover:text-ink",
          // Its words stand over the numbers, and the arrow beside them.
          isNumber && "flex-row-reverse",
          isCurrent && "font-semibold text-ink",
        )}
      >
        {label === "#" ? <span className="sr-only">Number</span> : label}
        {label === "#" && <span aria-hidden>#</span>}
        <Icon aria-hidden className={classNames("size-3", !isCurrent && "invisible")} />
      </button>
    </th>
  );
}

interface CandidateRowProps {
  readonly entry: Entry;
  readonly aggregate: AggregateId;
  /** The ways of choosing that take it, in words; empty for none. */
  readonly wins: string;
}

function statusWords({ run }: Entry["candidate"], scoredCount: number): string | undefined {
  const total = run.scores.length;
  switch (run.status) {
    case "waiting":
    case "running":
      return `scoring, ${scoredCount} of ${plural(total, "step")}`;
    case "failed":
      return `failed: ${run.error?.message ?? "not scored"}`;
    case "stopped":
      return scoredCount === 0 ? "not scored yet" : `stopped, ${scoredCount} of ${plural(total, "step")}`;
    case "done":
      return scoredCount === total
        ? undefined
        : `${scoredCount} of ${total} steps fit into the model’s context`;
  }
}

const CandidateRow = memo(function CandidateRow({ entry, aggregate, wins }: CandidateRowProps) {
  const { place, candidate, answer, isCorrect, scores, scoredCount } = entry;
  const { run, record } = candidate;
  const threshold = useView((state) => state.threshold) ?? run.threshold;
  const rewards = run.scores.map((score) => score?.reward);
  const isShown = useRun((current) => current === run);
  const status = statusWords(candidate, scoredCount);
  const first = threshold === undefined ? -1 : firstError(rewards, threshold);
  const isOpenable = !isUnderWay(run);
  return (
    <tr
      data-candidate={place + 1}
      data-status={run.status}
      className={classNames("break-inside-avoid border-b border-line align-top", isShown && "bg-accent-soft")}
    >
      <th scope="row" className="px-2 py-2 font-normal">
        <button
          type="button"
          disabled={!isOpenable}
          aria-label={`Open candidate ${place + 1} in the inspector`}
          title="Open in the inspector"
          onClick={() => openInInspector(place)}
          className="font-semibold underline decoration-line-strong underline-offset-[3px] enabled:hover:decoration-ink disabled:no-underline"
        >
          {place + 1}
        </button>
      </th>
      <td className="max-w-52 min-w-32 px-2 py-2">
        <span className="flex items-baseline gap-2">
          <span
            className={classNames("truncate text-sm", answer === undefined && "text-ink-3")}
            title={answer?.text}
          >
            {answer?.text ?? "no answer found"}
          </span>
          <CorrectMark isCorrect={isCorrect} />
        </span>
        {answer?.mark === "last-line" && (
          <span className="block text-2xs text-ink-3" title="Nothing marks it as the answer">
            read from the last line
          </span>
        )}
        {wins !== "" && <span className="block text-2xs font-semibold text-accent">{wins}</span>}
        {record.generator !== undefined && (
          <span className="block truncate text-2xs text-ink-3">{record.generator}</span>
        )}
        {status !== undefined && <span className="block text-2xs text-ink-3">{status}</span>}
      </td>
      <td className="w-28 px-2 py-2">
        <MiniBars
          values={rewards}
          pivot={threshold ?? 0}
          range={traitsOf(run).range}
          height={20}
          label={`Rewards of ${plural(rewards.length, "step")}`}
        />
        <span className="text-2xs text-ink-3">{plural(rewards.length, "step")}</span>
      </td>
      {AGGREGATES.map(({ id }) => {
        const value = scores[id];
        return (
          <td
            key={id}
            data-value={value === undefined ? undefined : String(value)}
            data-aggregate={id}
            className={classNames("px-2 py-2 text-right text-sm", id === aggregate && "font-semibold")}
          >
            {value === undefined ? <span className="text-ink-3">–</span> : formatScore(value, 2)}
          </td>
        );
      })}
      <td className="px-2 py-2 text-right text-sm">{firstWords(run, first, scoredCount)}</td>
      <td className="py-1.5 pl-2 text-right">
        <RowActions place={place} run={run} isScored={scoredCount > 0} />
      </td>
    </tr>
  );
});

function firstWords(run: Run, first: number, scoredCount: number) {
  if (first >= 0) {
    return <span className="font-semibold text-bad">{first + 1}</span>;
  }
  const isWhole = scoredCount === run.scores.length;
  return <span className="text-ink-3">{isWhole ? "none" : "–"}</span>;
}

interface RowActionsProps {
  readonly place: number;
  readonly run: Run;
  readonly isScored: boolean;
}

/** Pins the candidate, or compares it with the one that is pinned. */
function RowActions({ place, run, isScored }: RowActionsProps) {
  const hasPinned = usePinned((pinned) => pinned.run !== undefined);
  const isReference = usePinned((pinned) => isPinned(pinned, run));
  const isDisabled = !isScored || isUnderWay(run);
  if (isReference) {
    return (
      <Button
        kind="quiet"
        className="h-7 text-xs"
        icon={<PinOff aria-hidden className="size-3.5" />}
        aria-label={`Unpin candidate ${place + 1}`}
        onClick={unpin}
      >
        A
      </Button>
    );
  }
  return (
    <span className="inline-flex">
      {hasPinned && (
        <Button
          kind="quiet"
          className="h-7 text-xs"
          disabled={isDisabled}
          title="Compare with the pinned chain"
          aria-label={`Compare candidate ${place + 1} with the pinned chain`}
          icon={<GitCompareArrows aria-hidden className="size-3.5" />}
          onClick={() => compareCandidate(place)}
        />
      )}
      <Button
        kind="quiet"
        className="h-7 text-xs"
        disabled={isDisabled}
        title="Pin to compare others with it"
        aria-label={`Pin candidate ${place + 1}`}
        icon={<Pin aria-hidden className="size-3.5" />}
        onClick={() => pinCandidate(place)}
      />
    </span>
  );
}
