import { memo, type Ref } from "react";
import type { ComparedRow } from "../../core/compare/changes.ts";
import { changedWords, type TextPart } from "../../core/compare/word-changes.ts";
import type { Step } from "../../core/trace.ts";
import { classNames } from "../../ui/class-names.ts";
import { formatDelta, formatProbability } from "../../ui/format-number.ts";
import type { AxisRange } from "../../ui/value-axis.ts";
import { RewardChip } from "../reward-chip.tsx";

/** What is drawn of one chain in a row. */
export interface RowSide {
  readonly step: Step;
  readonly reward: number | undefined;
  readonly threshold: number;
  readonly range: AxisRange;
}

interface AlignedRowProps {
  readonly ref: Ref<HTMLLIElement>;
  readonly offset: number;
  /** Its number in the alignment, from 0. */
  readonly number: number;
  /** Its place among the rows that are shown. */
  readonly position: number;
  readonly count: number;
  readonly row: ComparedRow;
  readonly a: RowSide | undefined;
  readonly b: RowSide | undefined;
  readonly isHovered: boolean;
  readonly onHover: (row: number | undefined) => void;
  /** Shows B's step in the inspector. */
  readonly onOpen: (step: number) => void;
}

const KIND_WORDS = {
  regressed: "regressed",
  improved: "improved",
  same: "no change",
  unknown: "not scored",
  "only-a": "only in A",
  "only-b": "only in B",
} as const;

const KIND_TONES = {
  regressed: "text-bad",
  improved: "text-good",
  same: "text-ink-3",
  unknown: "text-ink-3",
  "only-a": "text-ink-2",
  "only-b": "text-accent",
} as const;

function partsOf({ row, a, b }: AlignedRowProps): {
  readonly a: readonly TextPart[];
  readonly b: readonly TextPart[];
} {
  if (a !== undefined && b !== undefined && row.similarity < 1) {
    return changedWords(a.step.text, b.step.text);
  }
  const whole = (side: RowSide | undefined) =>
    side === undefined ? [] : [{ text: side.step.text, isChanged: false }];
  return { a: whole(a), b: whole(b) };
}

function rowLabel({ number, row, a, b }: AlignedRowProps): string {
  const said = (letter: string, side: RowSide | undefined) =>
    side === undefined
      ? []
      : [
          `${letter} step ${side.step.index + 1}, ${side.reward === undefined ? "not scored" : formatProbability(side.reward)}`,
        ];
  return [`Row ${number + 1}`, ...said("A", a), ...said("B", b), KIND_WORDS[row.kind]].join(", ");
}

/** A step of A and its partner in B side by side; one above the other where there is no room. */
export const AlignedRow = memo(function AlignedRow(props: AlignedRowProps) {
  const { ref, offset, number, position, count, row, a, b, isHovered, onHover, onOpen } = props;
  const parts = partsOf(props);
  return (
    <li
      ref={ref}
      data-index={position}
      data-row={number}
      data-kind={row.kind}
      data-change={row.change === undefined ? undefined : String(row.change)}
      aria-setsize={count}
      aria-posinset={position + 1}
      aria-label={rowLabel(props)}
      onMouseEnter={() => onHover(number)}
      onMouseLeave={() => onHover(undefined)}
      className={classNames(
        "absolute left-0 grid w-full grid-cols-1 gap-x-4 gap-y-2 border-b border-line px-5 py-2.5 md:grid-cols-[minmax(0,1fr)_72px_minmax(0,1fr)]",
        isHovered && "bg-sunken",
      )}
      style={{ top: offset }}
    >
      <Side letter="A" side={a} parts={parts.a} tone="bg-bad/15" />
      <p
        className={classNames(
          "flex items-baseline gap-2 text-xs md:flex-col md:items-center md:gap-0 max-md:pl-[31px]",
          KIND_TONES[row.kind],
        )}
      >
        {row.change !== undefined && <span className="text-sm font-semibold">{formatDelta(row.change)}</span>}
        <span className="text-2xs whitespace-nowrap">{KIND_WORDS[row.kind]}</span>
      </p>
      <Side
        letter="B"
        side={b}
        parts={parts.b}
        tone="bg-good/15"
        // One above the other, the same text twice says nothing.
        hidesTextInColumn={a !== undefined && row.similarity === 1}
        onOpen={onOpen}
      />
    </li>
  );
});

interface SideProps {
  readonly letter: "A" | "B";
  readonly side: RowSide | undefined;
  readonly parts: readonly TextPart[];
  /** Of the words that the other side does not have. */
  readonly tone: string;
  readonly hidesTextInColumn?: boolean;
  readonly onOpen?: (step: number) => void;
}

function Side({ letter, side, parts, tone, hidesTextInColumn = false, onOpen }: SideProps) {
  if (side === undefined) {
    return <p className="text-xs text-ink-3 max-md:hidden">not in {letter}</p>;
  }
  const { step, reward, threshold, range } = side;
  const name = (
    <>
      <span className="md:sr-only">{letter}</span> {step.index + 1}
    </>
  );
  return (
    <div className="grid min-w-0 grid-cols-[28px_52px_minmax(0,1fr)] gap-x-3">
      {onOpen === undefined ? (
        <span className="text-right text-xs leading-5 text-ink-3">{name}</span>
      ) : (
        <button
          type="button"
          aria-label={`Open step ${step.index + 1} of B in the inspector`}
          title="Open in the inspector"
          onClick={() => onOpen(step.index)}
          className="self-start text-right text-xs leading-5 text-ink-3 underline decoration-line-strong underline-offset-[3px] hover:text-ink"
        >
          {name}
        </button>
      )}
      <RewardChip reward={reward} threshold={threshold} range={range} title="not scored" />
      {hidesTextInColumn && <p className="text-xs leading-5 text-ink-3 md:hidden">the same text</p>}
      <p
        className={classNames(
          "min-w-0 text-sm break-words whitespace-pre-wrap",
          hidesTextInColumn && "max-md:hidden",
        )}
      >
        {parts.map(({ text, isChanged }, index) =>
          isChanged ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text
            <mark key={index} className={classNames("rounded-xs text-inherit", tone)}>
              {text}
            </mark>
          ) : (
            text
          ),
        )}
      </p>
    </div>
  );
}
