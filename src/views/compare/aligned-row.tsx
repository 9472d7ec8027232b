import { memo, type Ref, useMemo } from "react";
import type { ComparedRow } from "../../core/compare/changes.ts";
import { changedWords, type TextPart } from "../../core/compare/word-changes.ts";
import type { Step } from "../../core/trace.ts";
import { classNames } from "../../ui/class-names.ts";
import { formatProbability } from "../../ui/format-number.ts";
import type { AxisRange } from "../../ui/value-axis.ts";
import { RewardChip } from "../reward-chip.tsx";
import { CHANGE_MEANING, formatChange } from "./run-words.ts";

interface AlignedRowProps {
  readonly ref: Ref<HTMLLIElement>;
  /** Distance from the top of the list, in CSS pixels; undefined where rows simply follow one another. */
  readonly offset: number | undefined;
  /** Its number in the alignment, from 0. */
  readonly number: number;
  /** Its place among the rows that are shown. */
  readonly position: number;
  readonly count: number;
  readonly row: ComparedRow;
  /** What is drawn of the chains: as single props, which stay the same for a row that nothing happens to. */
  readonly stepA: Step | undefined;
  readonly stepB: Step | undefined;
  readonly rewardA: number | undefined;
  readonly rewardB: number | undefined;
  readonly thresholdA: number;
  readonly thresholdB: number;
  readonly rangeA: AxisRange;
  readonly rangeB: AxisRange;
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

function partsOf(
  a: string | undefined,
  b: string | undefined,
  similarity: number,
): { readonly a: readonly TextPart[]; readonly b: readonly TextPart[] } {
  if (a !== undefined && b !== undefined && similarity < 1) {
    return changedWords(a, b);
  }
  const whole = (text: string | undefined) => (text === undefined ? [] : [{ text, isChanged: false }]);
  return { a: whole(a), b: whole(b) };
}

function rowLabel({ number, row, stepA, stepB, rewardA, rewardB }: AlignedRowProps): string {
  const said = (letter: string, step: Step | undefined, reward: number | undefined) =>
    step === undefined
      ? []
      : [
          `${letter} step ${step.index + 1}, ${reward === undefined ? "not scored" : formatProbability(reward)}`,
        ];
  return [
    `Row ${number + 1}`,
    ...said("A", stepA, rewardA),
    ...said("B", stepB, rewardB),
    KIND_WORDS[row.kind],
  ].join(", ");
}

/** A step of A and its partner in B side by side; one above the other where there is no room. */
export const AlignedRow = memo(function AlignedRow(props: AlignedRowProps) {
  const { ref, offset, number, position, count, row, stepA, stepB, isHovered, onHover, onOpen } = props;
  const [textA, textB, { similarity }] = [stepA?.text, stepB?.text, row];
  const parts = useMemo(() => partsOf(textA, textB, similarity), [textA, textB, similarity]);
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
        offset === undefined ? "relative break-inside-avoid" : "absolute left-0",
        "grid w-full grid-cols-1 gap-x-4 gap-y-2 border-b border-line px-5 py-2.5 md:grid-cols-[minmax(0,1fr)_72px_minmax(0,1fr)]",
        isHovered && "bg-sunken",
      )}
      style={{ top: offset }}
    >
      <Side
        letter="A"
        step={stepA}
        reward={props.rewardA}
        threshold={props.thresholdA}
        range={props.rangeA}
        parts={parts.a}
        tone="bg-bad/15"
      />
      <p
        className={classNames(
          "flex items-baseline gap-2 text-xs md:flex-col md:items-center md:gap-0 max-md:pl-[31px]",
          KIND_TONES[row.kind],
        )}
      >
        {row.change !== undefined && (
          <span className="text-sm font-semibold">{formatChange(row.change)}</span>
        )}
        <span
          className="text-2xs whitespace-nowrap"
          title={row.change === undefined ? undefined : CHANGE_MEANING}
        >
          {KIND_WORDS[row.kind]}
        </span>
      </p>
      <Side
        letter="B"
        step={stepB}
        reward={props.rewardB}
        threshold={props.thresholdB}
        range={props.rangeB}
        parts={parts.b}
        tone="bg-good/15"
        // One above the other, the same text twice says nothing.
        hidesTextInColumn={stepA !== undefined && similarity === 1}
        onOpen={onOpen}
      />
    </li>
  );
});

interface SideProps {
  readonly letter: "A" | "B";
  readonly step: Step | undefined;
  readonly reward: number | undefined;
  readonly threshold: number;
  readonly range: AxisRange;
  readonly parts: readonly TextPart[];
  /** Of the words that the other side does not have. */
  readonly tone: string;
  readonly hidesTextInColumn?: boolean;
  readonly onOpen?: (step: number) => void;
}

const Side = memo(function Side(props: SideProps) {
  const { letter, step, reward, threshold, range, parts, tone, hidesTextInColumn = false, onOpen } = props;
  if (step === undefined) {
    return <p className="text-xs text-ink-3 max-md:hidden">not in {letter}</p>;
  }
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
          aria-label={`B ${step.index + 1}, open in the inspector`}
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
});
