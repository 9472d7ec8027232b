/** What follows from two runs side by side. Pure; views memoise it, nobody stores it. */
import { AGGREGATES, type AggregateId } from "../core/aggregate/index.ts";
import { isSameAnswer } from "../core/answers/answer-key.ts";
import { answerOf } from "../core/answers/extract-answer.ts";
import { alignSteps } from "../core/compare/align.ts";
import { type ChangeKind, type ComparedRow, compareRewards } from "../core/compare/changes.ts";
import type { Probability } from "../core/units.ts";
import { jointRange } from "./distribution.ts";
import { aggregateInput, inspectRun } from "./inspection.ts";
import { isOfSameModel } from "./model-identity.ts";
import type { Run } from "./runs.ts";
import type { AggregateSettings } from "./view-state.ts";

export interface Comparison {
  readonly rows: readonly ComparedRow[];
  readonly counts: Readonly<Record<ChangeKind, number>>;
  /** Of the axis that holds both. */
  readonly range: readonly [number, number];
}

/** What keeps the two curves from meaning the same, for people; in the order of their weight. */
export type Caveat = "problem" | "protocol" | "model" | "unfinished";

/** Pairs the steps of two runs. Rewards do not matter here, so it holds while they arrive. */
export function alignRuns(a: Pick<Run, "trace">, b: Pick<Run, "trace">) {
  return alignSteps(a.trace.steps, b.trace.steps);
}

export function compareRuns(a: Run, b: Run, aligned: ReturnType<typeof alignRuns>): Comparison {
  const [inspectedA, inspectedB] = [inspectRun(a, undefined), inspectRun(b, undefined)];
  const rows = compareRewards(aligned, inspectedA.rewards, inspectedB.rewards);
  const counts = { regressed: 0, improved: 0, same: 0, unknown: 0, "only-a": 0, "only-b": 0 };
  for (const { kind } of rows) {
    counts[kind] += 1;
  }
  return { rows, counts, range: jointRange(inspectedA.range, inspectedB.range) };
}

/** The answers of two chains that do not give the same one, as they are written. */
export interface OtherAnswers {
  readonly a: string;
  readonly b: string;
}

/** Undefined where the answers are one, where one cannot be found, and for different problems. */
export function otherAnswers(a: Pick<Run, "trace">, b: Pick<Run, "trace">): OtherAnswers | undefined {
  const [one, other] = [answerOf(a.trace)?.text, answerOf(b.trace)?.text];
  const isOtherProblem = a.trace.problem.trim() !== b.trace.problem.trim();
  return isOtherProblem ||
    one === undefined ||
    other === undefined ||
    one === other ||
    isSameAnswer(one, other)
    ? undefined
    : { a: one, b: other };
}

function isWhole({ scores }: Run): boolean {
  return scores.every((score) => score !== undefined);
}

export function caveatsOf(a: Run, b: Run): readonly Caveat[] {
  const hasOtherProtocol = a.protocol !== undefined && b.protocol !== undefined && a.protocol !== b.protocol;
  return [
    ...(a.trace.problem.trim() === b.trace.problem.trim() ? [] : (["problem"] as const)),
    ...(hasOtherProtocol ? (["protocol"] as const) : isOfSameModel(a, b) ? [] : (["model"] as const)),
    ...(isWhole(a) && isWhole(b) ? [] : (["unfinished"] as const)),
  ];
}

export interface AggregatePair {
  readonly id: AggregateId;
  readonly a: number | undefined;
  readonly b: number | undefined;
}

/** Every aggregate of both runs. */
export function compareAggregates(a: Run, b: Run, settings: AggregateSettings): readonly AggregatePair[] {
  const [inputA, inputB] = [aggregateInput(a, settings), aggregateInput(b, settings)];
  return AGGREGATES.map(({ id, compute }) => ({ id, a: compute(inputA)?.value, b: compute(inputB)?.value }));
}

/** The threshold a run is judged by: the reader's, else its model's own. */
export function thresholdOf(run: Run, chosen: Probability | undefined): Probability | undefined {
  return chosen ?? run.threshold;
}
