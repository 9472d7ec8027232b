/**
 * One line of JSONL in, one object out, for scoring in bulk. The reader takes what it needs and
 * ignores every other key, so data sets need no trimming first.
 */
import * as v from "valibot";
import { AGGREGATES, type AggregateId } from "./aggregate/index.ts";
import { AppError } from "./errors.ts";
import { type SegmentRequest, segmentTrace } from "./segment/index.ts";
import type { Lane, ScoredTrace, Step, StepScore, Trace } from "./trace.ts";
import type { Probability, StepIndex } from "./units.ts";
import { firstError, stepRewards } from "./verdict.ts";
import { wordIssue } from "./word-issue.ts";

/** What to score: a chain still to be segmented, or steps taken as they are. */
export type ScoreRecord = {
  /** The record's own id, or its line number (1-based). */
  readonly id: string | number;
  readonly problem: string;
} & (
  | { readonly kind: "chain"; readonly chain: string }
  | { readonly kind: "steps"; readonly steps: readonly string[] }
);

// Each message ends a sentence that names the record's line and, in a list, the entry.
const FILLED = v.pipe(
  v.string("is not a string"),
  v.check((value) => value.trim() !== "", "is empty"),
);
const NO_ID = "is neither a string nor a number";
const RECORD = v.object({
  id: v.optional(v.union([v.string(), v.pipe(v.number(), v.finite(NO_ID))], NO_ID)),
  problem: FILLED,
  chain: v.optional(FILLED),
  steps: v.optional(v.pipe(v.array(FILLED, "is not a list"), v.minLength(1, "is an empty list"))),
});

/**
 * Reads one line: `{"id"?, "problem", "chain"}` or `{"id"?, "problem", "steps": [...]}`.
 * @param lineNumber 1-based, for messages and as the default id
 * @throws AppError `bad-input` with one sentence saying what is wrong with which line
 */
export function parseScoreRecord(line: string, lineNumber: number): ScoreRecord {
  const fail = (fault: string, cause?: unknown): never => {
    throw new AppError("bad-input", `line ${lineNumber}: ${fault}`, { line: lineNumber }, cause);
  };
  const result = v.safeParse(RECORD, parseJson(line, fail));
  if (!result.success) {
    return fail(wordIssue(result.issues[0]));
  }
  const { id = lineNumber, problem, chain, steps } = result.output;
  if (chain !== undefined && steps === undefined) {
    return { id, problem, kind: "chain", chain };
  }
  if (steps !== undefined && chain === undefined) {
    return { id, problem, kind: "steps", steps };
  }
  return fail(chain === undefined ? 'it has neither "chain" nor "steps"' : 'it has both "chain" and "steps"');
}

function parseJson(line: string, fail: (fault: string, cause?: unknown) => never): unknown {
  // `trim` also takes the byte order mark some tools put before the first line.
  const json = line.trim();
  if (json === "") {
    return fail("it is empty");
  }
  try {
    return JSON.parse(json);
  } catch (error) {
    return fail("it is not valid JSON", error);
  }
}

/** The record as a trace. Steps given as such are all response, in a chain joined by blank lines. */
export function toTrace(record: ScoreRecord, how: Pick<SegmentRequest, "strategy" | "delimiter">): Trace {
  const { problem } = record;
  if (record.kind === "chain") {
    const { chain, steps } = segmentTrace({ ...how, problem, chain: record.chain });
    return { problem, chain, steps };
  }
  const separator = "\n\n";
  const steps: Step[] = [];
  let start = 0;
  for (const text of record.steps) {
    const end = start + text.length;
    steps.push({ index: steps.length, lane: "response", start, end, text });
    start = end + separator.length;
  }
  return { problem, chain: record.steps.join(separator), steps };
}

/** One line of the output. A number that could not be computed is null, never 0. */
export interface ScoreResult {
  readonly id: string | number;
  readonly steps: readonly {
    readonly text: string;
    readonly reward: Probability | null;
    readonly lane: Lane;
    /** Further numbers of a scored step, by id; absent when the model has none. */
    readonly extra?: Readonly<Record<string, Probability>>;
  }[];
  readonly trajectory: {
    /** The model's own reward for the whole trajectory. */
    readonly reward: Probability | null;
    /** The value of `aggregate`, in that aggregate's range. */
    readonly score: number | null;
    readonly aggregate: AggregateId;
    readonly aggregates: Readonly<Record<string, number | null>>;
  };
  /** 0-based index of the first bad step among those scored, -1 for none. */
  readonly firstError: StepIndex;
}

/** What turns a scored trace into a line of output. */
export interface ScoreResultRequest {
  readonly id: string | number;
  readonly steps: readonly Pick<Step, "text" | "lane">[];
  readonly scored: ScoredTrace;
  readonly threshold: Probability;
  /** Of the model's step rewards. */
  readonly rewardRange: readonly [low: number, high: number];
  readonly aggregate: AggregateId;
  /** Weight of the trajectory reward in the `reasonflux` aggregate. */
  readonly alpha: number;
}

function extraOf(score: StepScore | undefined): { readonly extra?: Readonly<Record<string, Probability>> } {
  return score?.extra === undefined
    ? {}
    : { extra: Object.fromEntries(score.extra.map(({ id, value }) => [id, value])) };
}

/**
 * The output for one record. Aggregates are null unless every step was scored: a product over half a
 * chain is not comparable with one over a whole chain, and a line of output has no room to say so.
 */
export function toScoreResult(request: ScoreResultRequest): ScoreResult {
  const { id, steps, scored, threshold, rewardRange, aggregate, alpha } = request;
  const rewards = stepRewards(scored);
  const known = rewards.filter((reward) => reward !== undefined);
  const { trajectoryReward } = scored;
  const byIndex = new Map(scored.steps.map((step) => [step.index, step]));
  const aggregates: Record<string, number | null> = {};
  for (const rule of AGGREGATES) {
    const result = rule.compute({
      rewards: known.length === steps.length ? known : [],
      rewardRange,
      ...(trajectoryReward === undefined ? {} : { trajectoryReward }),
      alpha,
      useSteps: true,
      useTrajectory: true,
    });
    aggregates[rule.id] = result?.value ?? null;
  }
  return {
    id,
    steps: steps.map(({ text, lane }, index) => ({
      text,
      reward: rewards[index] ?? null,
      lane,
      ...extraOf(byIndex.get(index)),
    })),
    trajectory: {
      reward: trajectoryReward ?? null,
      score: aggregates[aggregate] ?? null,
      aggregate,
      aggregates,
    },
    firstError: firstError(rewards, threshold),
  };
}
