import { type KeyboardEvent, memo, useMemo } from "react";
import { type ChainRecord, givenInOrder } from "../../core/chain-record.ts";
import { segmentTrace } from "../../core/segment/index.ts";
import type { Run } from "../../state/runs.ts";
import type { Cut } from "../../state/workspace.ts";
import { classNames } from "../../ui/class-names.ts";
import { formatCount, plural } from "../../ui/format-number.ts";
import { answerWords, labelWords } from "../collection-words.ts";
import { ModelSays } from "./model-says.tsx";

/** Shared with the head of the list. */
export const RECORD_COLUMNS =
  "md:grid-cols-[minmax(5rem,8rem)_minmax(0,1fr)_3rem_10.5rem_7.5rem_3.5rem] gap-x-4";

/** As much of a problem as a row can show. */
const MAX_BEGINNING = 300;

interface RecordRowProps {
  readonly record: ChainRecord;
  readonly index: number;
  /** In the list, which may leave some out. */
  readonly place: number;
  readonly count: number;
  readonly cut: Cut;
  /** What a model has said of it. */
  readonly run: Run | undefined;
  readonly offset: number;
  readonly height: number;
  readonly isShown: boolean;
  /** The one that Tab leads to. */
  readonly isActive: boolean;
  readonly onChoose: (index: number) => void;
  readonly onFocus: (place: number) => void;
  readonly onKey: (event: KeyboardEvent, place: number) => void;
}

function countSteps({ problem, chain }: ChainRecord, cut: Cut): number {
  return typeof chain === "string"
    ? segmentTrace({ problem, chain, ...cut }).steps.length
    : givenInOrder(chain).length;
}

function beginningOf(text: string): string {
  return text.slice(0, MAX_BEGINNING).replaceAll(/\s+/g, " ").trim();
}

export const RecordRow = memo(function RecordRow(props: RecordRowProps) {
  const {
    record,
    index,
    place,
    count,
    cut,
    run,
    offset,
    height,
    isShown,
    isActive,
    onChoose,
    onFocus,
    onKey,
  } = props;
  const stepCount = useMemo(() => countSteps(record, cut), [record, cut]);
  const labels = labelWords(record);
  const answer = answerWords(record);
  return (
    <li
      aria-posinset={place + 1}
      aria-setsize={count}
      className="absolute top-0 left-0 w-full"
      style={{ height, transform: `translateY(${offset}px)` }}
    >
      <button
        type="button"
        data-record-index={index}
        data-place={place}
        tabIndex={isActive ? 0 : -1}
        aria-current={isShown ? "true" : undefined}
        onClick={() => onChoose(index)}
        onFocus={() => onFocus(place)}
        onKeyDown={(event) => onKey(event, place)}
        className={classNames(
          "flex h-full w-full flex-col justify-center gap-x-4 border-b border-line px-5 text-left outline-offset-[-2px] hover:bg-sunken md:grid md:items-center",
          RECORD_COLUMNS,
          isShown && "bg-accent-soft",
        )}
      >
        <span className="truncate text-xs text-ink-3 max-md:hidden" title={record.id}>
          {record.id}
        </span>
        <span className={classNames("w-full truncate text-sm", record.problem === "" && "text-ink-3")}>
          {beginningOf(record.problem) || "no problem given"}
        </span>
        <span className="flex w-full gap-x-3 text-xs text-ink-2 md:contents">
          <span className="md:text-right">
            {formatCount(stepCount)}
            <span className="md:sr-only"> {plural(stepCount, "step").replace(/^\S+ /, "")}</span>
          </span>
          <span
            className={classNames(
              "truncate",
              record.firstError !== undefined && record.firstError >= 0 && "text-bad",
            )}
          >
            {labels ?? <span className="text-ink-3 max-md:hidden">–</span>}
          </span>
          <ModelSays record={record} run={run} />
          <span className={classNames("truncate", record.isCorrect === false && "text-bad")}>
            {answer === undefined ? (
              <span className="text-ink-3 max-md:hidden">–</span>
            ) : (
              <>
                <span className="md:sr-only">answer </span>
                {answer}
              </>
            )}
          </span>
        </span>
      </button>
    </li>
  );
});
