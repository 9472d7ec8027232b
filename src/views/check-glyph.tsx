import type { StepCheck } from "../core/arithmetic/check.ts";

export type CheckStatus = StepCheck["status"];

/** Told apart by shape first: a tick, a cross, a wave, a tick with a dash, a dash. Drawn about (0, 0), at most 8 units wide. */
const SHAPES: Readonly<Record<CheckStatus, (x: number, y: number) => string>> = {
  right: (x, y) => `M${x - 3.5} ${y}l2.5 3l4.5 -6`,
  wrong: (x, y) => `M${x - 3} ${y - 3}l6 6m0 -6l-6 6`,
  rounded: (x, y) => `M${x - 4} ${y + 1}q2 -3.5 4 -1t4 -1`,
  partly: (x, y) => `M${x - 4} ${y}l2 2.5l3.5 -5m0 5h2.5`,
  unchecked: (x, y) => `M${x - 1.5} ${y}h3`,
};

const STROKES: Readonly<Record<CheckStatus, { readonly stroke: string; readonly strokeWidth: number }>> = {
  right: { stroke: "var(--ink-3)", strokeWidth: 1.25 },
  wrong: { stroke: "var(--bad)", strokeWidth: 2 },
  rounded: { stroke: "var(--ink-2)", strokeWidth: 1.25 },
  partly: { stroke: "var(--ink-3)", strokeWidth: 1.25 },
  unchecked: { stroke: "var(--line-strong)", strokeWidth: 1.25 },
};

export const CHECK_WORDS: Readonly<Record<CheckStatus, string>> = {
  right: "right",
  wrong: "wrong",
  rounded: "rounded",
  partly: "checked in part",
  unchecked: "not checked",
};

interface CheckMarksProps {
  readonly status: CheckStatus;
  /** Where, in the SVG's units. */
  readonly at: readonly (readonly [x: number, y: number])[];
}

/** All marks of one status as one path. */
export function CheckMarks({ status, at }: CheckMarksProps) {
  return at.length === 0 ? null : (
    <path
      data-check={status}
      d={at.map(([x, y]) => SHAPES[status](Number(x.toFixed(1)), y)).join("")}
      fill="none"
      strokeLinecap="round"
      strokeLinejoin="round"
      {...STROKES[status]}
    />
  );
}

const ORIGIN = [[0, 0]] as const;

/** One mark in a line of text. */
export function CheckGlyph({ status }: { readonly status: CheckStatus }) {
  return (
    <svg aria-hidden="true" viewBox="-6 -6 12 12" className="size-3 shrink-0">
      <CheckMarks status={status} at={ORIGIN} />
    </svg>
  );
}
