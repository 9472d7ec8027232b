import { once } from "node:events";
import { type ArgsDef, defineCommand } from "citty";
import { AGGREGATES, type AggregateId, ALPHA, defaultAggregate } from "../../core/aggregate/index.ts";
import { AppError, throwIfAborted } from "../../core/errors.ts";
import { protocolById } from "../../core/protocols/index.ts";
import { parseScoreRecord, type ScoreResult, toScoreResult, toTrace } from "../../core/score-record.ts";
import type { ScoreRequest } from "../../core/scorer.ts";
import { STRATEGIES, type StrategyId } from "../../core/segment/index.ts";
import type { ScoredTrace, Trace } from "../../core/trace.ts";
import { lineBatches, orBadInput, scoreInBestOrder } from "../batches.ts";
import { readLines } from "../lines.ts";
import { runCommand, say } from "../run-command.ts";
import { type CommandContext, EMBEDDED_MODEL, withScorer } from "../with-scorer.ts";

interface ScoreOptions {
  readonly strategy: StrategyId;
  readonly delimiter: string;
  /** Absent: ReasonFlux's, or the mean for a model without a trajectory reward. */
  readonly aggregate: AggregateId | undefined;
  readonly alpha: number;
  readonly threshold: number | undefined;
  readonly full: boolean;
}

/** A result with what it was read from. */
interface FullResult extends ScoreResult {
  readonly input_ids: readonly number[];
  readonly steps: readonly (ScoreResult["steps"][number] & {
    /** Position read; of several, the last. Null when the step was not scored. */
    readonly position: number | null;
    /** One row a position read. */
    readonly logits: readonly (readonly number[])[] | null;
  })[];
}

const ARGS = {
  file: { type: "positional", description: "JSONL file, or - for standard input", required: true },
  model: { type: "string", description: "Model folder", default: EMBEDDED_MODEL, valueHint: "folder" },
  strategy: {
    type: "enum",
    description: "How a chain is cut into steps",
    options: STRATEGIES.map(({ id }) => id),
    default: STRATEGIES[0].id,
  },
  delimiter: { type: "string", description: "Text between steps, for --strategy delimiter", default: "" },
  aggregate: {
    type: "enum",
    description: "What trajectory.score is; default: reasonflux, or mean without a trajectory reward",
    options: AGGREGATES.map(({ id }) => id),
  },
  alpha: { type: "string", description: "Weight of the trajectory reward", default: String(ALPHA.default) },
  threads: { type: "string", description: "Processor threads; default: as many as the machine runs at once" },
  threshold: { type: "string", description: "Rewards below it are bad steps; default: the model's own" },
  full: {
    type: "boolean",
    description: "Adds input_ids, and each step's read position and logits, to check against other code",
    default: false,
  },
  strict: { type: "boolean", description: "Exit with 1 when any line was bad", default: false },
} as const satisfies ArgsDef;

export const score = defineCommand({
  meta: {
    name: "score",
    description:
      'Scores chains from JSONL: one {"id","problem","chain"|"steps"} per line in, one result per line out. ' +
      "Lines that cannot be scored go to stderr with their number.",
  },
  args: ARGS,
  run: ({ args }) =>
    runCommand(args, ARGS, async (signal) => {
      if (args.strategy === "delimiter" && args.delimiter === "") {
        throw new AppError("bad-input", "--strategy delimiter needs --delimiter TEXT");
      }
      const options = {
        strategy: args.strategy,
        delimiter: args.delimiter,
        aggregate: args.aggregate,
        alpha: numberOption("alpha", args.alpha, ALPHA.min, ALPHA.max),
        full: args.full,
        threshold:
          args.threshold === undefined ? undefined : numberOption("threshold", args.threshold, -1, 1),
      };
      const threads = args.threads === undefined ? undefined : threadsOption(args.threads);
      await withScorer(args.model, signal, threads, async (ctx) => {
        const { scored, bad } = await scoreLines(args.file, options, ctx);
        if (bad > 0) {
          say(`stepscope: ${scored} scored, ${bad} left out`);
        }
        if (bad === 0 && scored === 0) {
          say(`stepscope: ${args.file === "-" ? "standard input" : args.file} has no lines`);
        }
        if (scored === 0 || (bad > 0 && args.strict)) {
          process.exitCode = 1;
        }
      });
    }),
});

function numberOption(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= min && value <= max)) {
    throw new AppError("bad-input", `--${name} takes a number from ${min} to ${max}, not "${text}"`);
  }
  return value;
}

/** A processor with more is not known; ONNX Runtime would try to start any number. */
const MOST_THREADS = 1024;

function threadsOption(text: string): number {
  const value = numberOption("threads", text, 1, MOST_THREADS);
  if (!Number.isInteger(value)) {
    throw new AppError("bad-input", `--threads takes a whole number, not "${text}"`);
  }
  return value;
}

async function scoreLines(
  file: string,
  options: ScoreOptions,
  ctx: CommandContext,
): Promise<{ readonly scored: number; readonly bad: number }> {
  let scored = 0;
  let bad = 0;
  const tell = (lineNumber: number, error: AppError) => {
    say(error.message.startsWith("line ") ? error.message : `line ${lineNumber}: ${error.message}`);
    bad += 1;
  };
  for await (const lines of lineBatches(readLines(file, ctx.signal), file === "-" ? 1 : undefined)) {
    throwIfAborted(ctx.signal);
    const outcomes = scoreInBestOrder(
      lines.map(({ text, number }) => orBadInput(() => readTrace(text, number, options))),
      (read) => scoreTraceRecord(read, options, ctx),
    );
    for await (const [index, outcome] of outcomes) {
      if (outcome instanceof AppError) {
        tell(lines[index]?.number ?? 0, outcome);
        continue;
      }
      scored += 1;
      if (!process.stdout.write(`${JSON.stringify(outcome)}\n`)) {
        await once(process.stdout, "drain", { signal: ctx.signal });
      }
    }
  }
  throwIfAborted(ctx.signal);
  return { scored, bad };
}

/** Far more than any model reads; a longer line is refused before it costs time and memory. */
const MAX_LINE = 4_000_000;

interface ReadTrace {
  readonly id: ReturnType<typeof parseScoreRecord>["id"];
  readonly trace: Trace;
  readonly request: ScoreRequest;
}

/** @throws AppError `bad-input` */
function readTrace(line: string, lineNumber: number, options: ScoreOptions): ReadTrace {
  if (line.length > MAX_LINE) {
    const count = (length: number) => length.toLocaleString("en-US");
    throw new AppError(
      "bad-input",
      `line ${lineNumber}: it has ${count(line.length)} characters, more than the ${count(MAX_LINE)} that are read`,
    );
  }
  const record = parseScoreRecord(line, lineNumber);
  const trace = toTrace(record, options);
  const request = { problem: trace.problem, steps: trace.steps.map(({ text }) => text) };
  return { id: record.id, trace, request };
}

async function scoreTraceRecord(
  { id, trace, request }: ReadTrace,
  options: ScoreOptions,
  { scorer, model, signal }: CommandContext,
): Promise<ScoreResult> {
  const scored = await scorer.score(request, { signal, emit: () => undefined });
  throwIfAborted(signal);
  const result = toScoreResult({
    id,
    steps: trace.steps,
    scored,
    threshold: options.threshold ?? model.threshold,
    rewardRange: protocolById(model.protocol).range,
    aggregate: options.aggregate ?? defaultAggregate(scored.trajectoryReward !== undefined),
    alpha: options.alpha,
  });
  return options.full ? withReads(result, scored) : result;
}

function withReads(result: ScoreResult, scored: ScoredTrace): FullResult {
  return {
    ...result,
    input_ids: scored.prompt.ids,
    steps: result.steps.map((step, index) => {
      const read = scored.steps[index]?.read;
      return { ...step, position: read?.positions.at(-1) ?? null, logits: read?.logits ?? null };
    }),
  };
}
