/** A run beside the one it was edited from. Pure; views memoise it, nobody stores it. */
import type { AlignedRow } from "../core/compare/align.ts";
import { compareRewards } from "../core/compare/changes.ts";
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
}

/** @returns undefined for a run that was not edited from another. */
export function ghostView(run: Run, { rewards, threshold }: Inspection): GhostView | undefined {
  const { ghost } = run;
  if (ghost === undefined) {
    return undefined;
  }
  const old = ghost.scores.map((score) => score?.reward);
  const rows = compareRewards(pairEdited(alignRuns(ghost, run)), old, rewards);
  const before = new Array<Probability | undefined>(run.trace.steps.length).fill(undefined);
  const changes = new Array<number | undefined>(run.trace.steps.length).fill(undefined);
  for (const { b, rewardA, change } of rows) {
    if (b !== undefined) {
      before[b] = rewardA;
      changes[b] = change;
    }
  }
  return { before, changes, firstErrorBefore: firstError(old, threshold) };
}

/** Between two pairs as many steps that went as came were edited, however little is left of their text. */
function pairEdited(rows: readonly AlignedRow[]): readonly AlignedRow[] {
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
