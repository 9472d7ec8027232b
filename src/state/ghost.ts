/** A run beside the one it was edited from. Pure; views memoise it, nobody stores it. */
import type { AlignedRow } from "../core/compare/align.ts";
import { compareRewards } from "../core/compare/changes.ts";
import type { Step } from "../core/trace.ts";
import type { Probability, StepIndex } from "../core/units.ts";
import { firstError } from "../core/verdict.ts";
import { alignRuns } from "./comparison.ts";
import type { Inspection } from "./inspection.ts";
import type { Run } from "./runs.ts";

export interface GhostView {
  /** The reward that each step of the run had before, undefined where it was not there or not scored. */
  readonly before: readonly (Probability | undefined)[];
  /** The reward now minus that of before. */
  readonly changes: readonly (number | undefined)[];
  /** Of the chain before, -1 for none. */
  readonly firstErrorBefore: StepIndex;
  /** The step of the run that has the text of that one; undefined where none has. */
  readonly sameStepNow: StepIndex | undefined;
  /** The two steps that one was split into; none where it was not. */
  readonly partsNow: readonly StepIndex[];
}

/** @returns undefined for a run that was not edited from another. */
export function ghostView(run: Run, { rewards, threshold }: Inspection): GhostView | undefined {
  const { ghost } = run;
  if (ghost === undefined) {
    return undefined;
  }
  const old = ghost.scores.map((score) => score?.reward);
  const rows = compareRewards(
    pairEdited(alignRuns(ghost, run), ghost.trace.steps, run.trace.steps),
    old,
    rewards,
  );
  const firstErrorBefore = firstError(old, threshold);
  const before = new Array<Probability | undefined>(run.trace.steps.length).fill(undefined);
  const changes = new Array<number | undefined>(run.trace.steps.length).fill(undefined);
  for (const { b, rewardA, change } of rows) {
    if (b !== undefined) {
      before[b] = rewardA;
      changes[b] = change;
    }
  }
  const sameStepNow = rows.find(({ a, similarity }) => a === firstErrorBefore && similarity === 1)?.b;
  const wasBad = ghost.trace.steps[firstErrorBefore];
  const partsNow = run.trace.steps.flatMap(({ index }) =>
    isHalf(run.trace.steps, index, wasBad) ? [index] : [],
  );
  return { before, changes, firstErrorBefore, sameStepNow, partsNow };
}

/**
 * Between two pairs as many steps that went as came were edited, however little is left of their text. A step that was
 * split or merged is compared with nothing: half of it is another step.
 */
function pairEdited(
  aligned: readonly AlignedRow[],
  old: readonly Step[],
  now: readonly Step[],
): readonly AlignedRow[] {
  const rows = aligned.flatMap((row): readonly AlignedRow[] =>
    row.a !== undefined &&
    row.b !== undefined &&
    row.similarity < 1 &&
    (isHalf(now, row.b, old[row.a]) || isHalf(old, row.a, now[row.b]))
      ? [
          { a: row.a, similarity: 0 },
          { b: row.b, similarity: 0 },
        ]
      : [row],
  );
  const paired: AlignedRow[] = [];
  let gone: AlignedRow[] = [];
  let come: AlignedRow[] = [];
  const settle = () => {
    const isEdited = gone.length === come.length;
    paired.push(...(isEdited ? gone.map((row, index) => ({ ...come[index], ...row })) : [...gone, ...come]));
    gone = [];
    come = [];
  };
  for (const row of rows) {
    if (row.a !== undefined && row.b !== undefined) {
      settle();
      paired.push(row);
    } else {
      (row.a === undefined ? come : gone).push(row);
    }
  }
  settle();
  return paired;
}

/** Whether a step and the one before or behind it make up a whole one. */
function isHalf(steps: readonly Step[], index: StepIndex, whole: Step | undefined): boolean {
  const bare = (at: StepIndex) => steps[at]?.text.replace(/\s+/g, "");
  const wanted = whole?.text.replace(/\s+/g, "");
  const [before, half, behind] = [bare(index - 1), bare(index), bare(index + 1)];
  return (
    wanted !== undefined &&
    ((before !== undefined && wanted === `${before}${half}`) ||
      (behind !== undefined && wanted === `${half}${behind}`))
  );
}
