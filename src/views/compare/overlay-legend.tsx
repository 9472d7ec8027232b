import type { ComparedRow } from "../../core/compare/changes.ts";
import { useCompareView } from "../../state/compare-view.ts";
import type { Comparison } from "../../state/comparison.ts";
import type { Run } from "../../state/runs.ts";
import { classNames } from "../../ui/class-names.ts";
import { formatProbability } from "../../ui/format-number.ts";
import { SIDES } from "../side-colours.ts";
import { formatChange } from "./run-words.ts";

interface OverlayLegendProps {
  readonly a: Run;
  readonly b: Run;
  readonly comparison: Comparison;
}

const LONGEST_PREVIEW = 120;

function rewardWords(letter: string, step: number | undefined, reward: number | undefined): string {
  return step === undefined
    ? `not in ${letter}`
    : `${letter} ${step + 1}: ${reward === undefined ? "not scored" : formatProbability(reward)}`;
}

/** What the marks mean, or what the pointer is on; in one place, so that pointing moves nothing. */
export function OverlayLegend({ a, b, comparison }: OverlayLegendProps) {
  const hovered = useCompareView((state) => state.hovered);
  const row = hovered === undefined ? undefined : comparison.rows[hovered];
  return (
    <div className="grid items-center *:[grid-area:1/1]">
      <MarksLegend isHidden={row !== undefined} />
      {row !== undefined && <Readout a={a} b={b} row={row} />}
    </div>
  );
}

function Readout({ a, b, row }: Pick<OverlayLegendProps, "a" | "b"> & { readonly row: ComparedRow }) {
  const text =
    row.b === undefined
      ? row.a === undefined
        ? ""
        : a.trace.steps[row.a]?.text
      : b.trace.steps[row.b]?.text;
  return (
    <p className="flex min-h-5 min-w-0 items-baseline gap-3 text-xs">
      <span className={classNames("shrink-0", SIDES.A.text)}>{rewardWords("A", row.a, row.rewardA)}</span>
      <span className={classNames("shrink-0 font-semibold", SIDES.B.text)}>
        {rewardWords("B", row.b, row.rewardB)}
      </span>
      {row.change !== undefined && <span className="shrink-0 font-semibold">{formatChange(row.change)}</span>}
      <span className="truncate text-ink-2">{text?.slice(0, LONGEST_PREVIEW)}</span>
    </p>
  );
}

function MarksLegend({ isHidden }: { readonly isHidden: boolean }) {
  return (
    <div
      className={classNames(
        "flex min-h-5 flex-wrap items-center gap-x-4 text-xs text-ink-3 max-sm:gap-x-3",
        isHidden && "invisible",
      )}
    >
      <h3 className="font-medium text-ink-2 max-sm:basis-full">Reward by aligned step</h3>
      <span className="flex items-center gap-1.5 sm:ml-auto">
        <span aria-hidden className={classNames("w-4 border-t-2 border-dashed", SIDES.A.border)} />A
      </span>
      <span className="flex items-center gap-1.5">
        <span aria-hidden className={classNames("w-4 border-t-2", SIDES.B.border)} />B
      </span>
      <span className="flex items-center gap-1.5">
        <span aria-hidden className="h-3 w-1.5 bg-bad/50" />
        regressed
      </span>
      <span className="flex items-center gap-1.5">
        <span aria-hidden className="h-3 w-1.5 bg-good/50" />
        improved
      </span>
    </div>
  );
}
