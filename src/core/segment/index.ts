/** The ways to cut a chain into steps, in the menu's order; the first is the default. */
import { assertDefined } from "../assert.ts";
import { type LaneSplit, splitLanes } from "../lanes.ts";
import type { Step, Trace } from "../trace.ts";
import { blankLine } from "./blank-line.ts";
import { delimiter } from "./delimiter.ts";
import { line } from "./line.ts";
import { type OwnRanges, piecesAround } from "./own-ranges.ts";
import { paper } from "./paper.ts";
import { sentence } from "./sentence.ts";
import { stepMarker } from "./step-marker.ts";
import type { Range, SegmentationStrategy } from "./strategy.ts";

/** Every strategy, default first. */
export const STRATEGIES = [
  blankLine,
  paper,
  line,
  sentence,
  stepMarker,
  delimiter,
] as const satisfies readonly SegmentationStrategy[];

/** The name of a strategy. */
export type StrategyId = (typeof STRATEGIES)[number]["id"];

/** What to cut, and how. */
export interface SegmentRequest {
  readonly problem: string;
  readonly chain: string;
  readonly strategy: StrategyId;
  /** Literal text between steps, for the `delimiter` strategy; absent or empty: no cut. */
  readonly delimiter?: string;
  /** Where a person has set steps, in the chain; the strategy cuts what lies between them. */
  readonly own?: OwnRanges;
}

/** Cuts a chain into steps, lane by lane, so that no step spans thinking and response. */
export function segmentTrace(request: SegmentRequest): Trace & { readonly split: LaneSplit } {
  const { problem, chain } = request;
  const strategy: SegmentationStrategy = assertDefined(
    STRATEGIES.find(({ id }) => id === request.strategy),
    `strategy ${request.strategy}`,
  );
  const options = { delimiter: request.delimiter ?? "" };
  const split = splitLanes(chain);
  const steps: Step[] = [];
  const cut = (gap: Range) =>
    strategy.pieces(chain.slice(gap.start, gap.end), options).map((piece) => ({
      start: gap.start + piece.start,
      end: gap.start + piece.end,
    }));
  for (const range of split.ranges) {
    for (const { start, end } of piecesAround(chain, range, request.own ?? [], cut)) {
      steps.push({ index: steps.length, lane: range.lane, start, end, text: chain.slice(start, end) });
    }
  }
  return { problem, chain, steps, split };
}
