/**
 * What the page writes down for a reload, and reads again. What is read was written by any version of the page, or by
 * something else: a shape that does not fit is as good as not there.
 */
import * as v from "valibot";
import { type ChainRecord, STEP_LABELS } from "../core/chain-record.ts";
import { STRATEGIES, segmentTrace } from "../core/segment/index.ts";
import type { Run } from "../state/runs.ts";

/** Raised when what is written changes its meaning: everything of before is then forgotten. */
const VERSION = 1;

const Index = v.pipe(v.number(), v.integer(), v.minValue(0));
const Strategy = v.picklist(STRATEGIES.map(({ id }) => id));

export const SourceShape = v.pipe(
  v.object({
    problem: v.string(),
    chain: v.string(),
    strategy: Strategy,
    delimiter: v.string(),
    own: v.array(v.object({ start: Index, end: Index })),
  }),
  v.check(({ chain, own }) =>
    own.every(
      ({ start, end }, index) => start >= (own[index - 1]?.end ?? 0) && start < end && end <= chain.length,
    ),
  ),
);

const Score = v.object({
  index: Index,
  reward: v.number(),
  extra: v.exactOptional(
    v.array(v.object({ id: v.string(), label: v.string(), value: v.number(), threshold: v.number() })),
  ),
  value: v.exactOptional(v.number()),
  hazards: v.exactOptional(v.array(v.object({ start: Index, end: Index, hazard: v.number() }))),
  read: v.object({
    tokens: v.tuple([Index, Index]),
    positions: v.array(Index),
    logits: v.array(v.array(v.number())),
  }),
});

const Prompt = v.object({ text: v.string(), ids: v.array(Index), tokens: v.array(v.string()) });

/** Its steps are not written: they follow from the source. */
const RunShape = v.object({
  source: SourceShape,
  example: v.optional(v.object({ id: v.string(), title: v.string() })),
  modelKey: v.string(),
  /** Absent: another model's than any that is loaded. */
  digest: v.optional(v.string()),
  variant: v.optional(v.string()),
  protocol: v.optional(v.string()),
  threshold: v.optional(v.number()),
  note: v.optional(v.string()),
  /** A step without a reward is `null` in JSON. */
  scores: v.array(v.nullable(Score)),
  status: v.picklist(["done", "stopped", "failed"]),
  notScored: v.optional(
    v.object({ from: Index, reason: v.picklist(["beyond-context", "stopped", "failed", "pending"]) }),
  ),
  trajectoryReward: v.optional(v.number()),
  prompt: v.optional(Prompt),
  timing: v.optional(
    v.object({ forward: v.number(), tokens: v.number(), reused: v.number(), chunks: v.number() }),
  ),
});

/** Valibot's own records leave out more names than the one that can do harm, and a source may use them. */
const Rest = v.pipe(
  v.custom<Readonly<Record<string, unknown>>>(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  ),
  v.transform((rest) => Object.fromEntries(Object.entries(rest).filter(([name]) => name !== "__proto__"))),
);

/** Every field of a record has its own here, or this does not compile. */
const RECORD_FIELDS = {
  id: v.string(),
  problem: v.string(),
  isProblemInChain: v.exactOptional(v.literal(true)),
  chain: v.union([v.string(), v.object({ thinking: v.array(v.string()), response: v.array(v.string()) })]),
  labels: v.exactOptional(v.array(v.nullable(v.picklist(STEP_LABELS)))),
  firstError: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(-1))),
  gold: v.exactOptional(v.string()),
  isCorrect: v.exactOptional(v.boolean()),
  generator: v.exactOptional(v.string()),
  rest: Rest,
} satisfies Record<keyof ChainRecord, v.GenericSchema>;

export const RecordShape = v.object(RECORD_FIELDS);

/** Where a list of records is; see `kept-records.ts`. */
export const PiecesShape = v.object({ stamp: v.string(), count: Index });

export const CollectionShape = v.object({
  name: v.string(),
  pieces: PiecesShape,
  reports: v.array(
    v.object({
      name: v.string(),
      format: v.string(),
      label: v.string(),
      recordCount: Index,
      problems: v.array(v.object({ row: v.exactOptional(Index), message: v.string() })),
      problemCount: Index,
    }),
  ),
  isCut: v.boolean(),
  shown: v.optional(Index),
  taken: v.optional(SourceShape),
  given: v.optional(v.string()),
});

export const CandidatesShape = v.object({
  draft: v.object({
    problem: v.string(),
    text: v.string(),
    gold: v.string(),
    strategy: Strategy,
    delimiter: v.string(),
  }),
  /** Absent: what is in the field counts. Those of the collection where these are the same. */
  taken: v.optional(PiecesShape),
});

const Envelope = v.object({ version: v.literal(VERSION), value: v.unknown() });

/** @throws TypeError for what JSON cannot hold */
export function formatKept(value: unknown): string {
  return JSON.stringify({ version: VERSION, value });
}

/** Never throws. @returns undefined for what is not there, damaged, or of another version */
export function parseKept<Shape extends v.GenericSchema>(
  shape: Shape,
  text: string | undefined,
): v.InferOutput<Shape> | undefined {
  try {
    const envelope = v.safeParse(Envelope, JSON.parse(text ?? "null"));
    const read = envelope.success ? v.safeParse(shape, envelope.output.value) : undefined;
    return read?.success === true ? read.output : undefined;
  } catch {
    return undefined;
  }
}

/** @throws TypeError see `formatKept` */
export function formatRun({ trace: _, ghost: __, progress: ___, error: ____, ...kept }: Run): string {
  return formatKept(kept);
}

/** Never throws. @returns undefined for what is no run, or not one of the steps that its text has today */
export function parseRun(text: string | undefined): Run | undefined {
  const kept = parseKept(RunShape, text);
  if (kept === undefined) {
    return undefined;
  }
  const { problem, chain, steps } = segmentTrace(kept.source);
  return kept.scores.length === steps.length &&
    kept.scores.every((score, index) => score === null || score.index === index)
    ? {
        source: kept.source,
        trace: { problem, chain, steps },
        example: kept.example,
        modelKey: kept.modelKey,
        digest: kept.digest,
        variant: kept.variant,
        protocol: kept.protocol,
        threshold: kept.threshold,
        note: kept.note,
        status: kept.status,
        scores: kept.scores.map((score) => score ?? undefined),
        notScored: kept.notScored,
        trajectoryReward: kept.trajectoryReward,
        prompt: kept.prompt,
        timing: kept.timing,
        progress: undefined,
        error: undefined,
        ghost: undefined,
      }
    : undefined;
}
