/**
 * Logits to step scores. Rows are gathered by position from raw float32 logits, and probabilities are
 * computed from them here; nothing is ever filtered by value (a softmax that underflows to 0 is still a
 * reward), so scores cannot shift from one step to another.
 */
import { assertDefined, assertNever } from "../core/assert.ts";
import { AppError } from "../core/errors.ts";
import { alignTokens } from "../core/protocols/align-tokens.ts";
import type { EncodedStep } from "../core/protocols/encode-prompt.ts";
import type { Protocol, Readout } from "../core/protocols/protocol.ts";
import { rewardsTrajectory } from "../core/protocols/traits.ts";
import type { StepRead, StepScore, TokenHazard } from "../core/trace.ts";
import type { Probability, TokenIndex } from "../core/units.ts";

/** Raw logits of tokens computed so far. */
export interface LogitRows {
  row(token: TokenIndex): readonly number[];
}

/** What a read-out needs to know of one step besides its logits. */
export interface StepToRead {
  readonly index: number;
  readonly text: string;
  readonly encoded: EncodedStep;
  /** The step's tokens as the vocabulary writes them, separator included. */
  readonly tokens: readonly string[];
}

export function sigmoid(x: number): Probability {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

/** log(1 + e^x) without overflow. */
function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

/** Softmax probability of `index` among `logits`, in float64. */
export function softmaxAt(logits: readonly number[], index: number): Probability {
  const top = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - top), 0);
  return Math.exp(assertDefined(logits[index], "logit") - top) / sum;
}

/** Columns of the token-hazard head; see `core/protocols/stepscope-prm.ts`. */
const NEXT = 0;
const SELF = 1;
const VALUE = 2;
const HAZARD_WIDTH = 3;

function column(rows: LogitRows, token: TokenIndex, index: number): number {
  return assertDefined(rows.row(token)[index], "logit column");
}

function readTokenHazard(step: StepToRead, rows: LogitRows): StepScore {
  const [start, end] = step.encoded.tokens;
  const hazardLogits: number[] = [];
  for (let token = start; token < end; token += 1) {
    hazardLogits.push(column(rows, token - 1, NEXT) + column(rows, token, SELF));
  }
  const survival = -hazardLogits.reduce((total, logit) => total + softplus(logit), 0);
  const positions = hazardPositions(step.encoded);
  const ranges = alignHazards(step, hazardLogits);
  return {
    index: step.index,
    reward: Math.exp(survival),
    value: sigmoid(column(rows, end - 1, VALUE)),
    ...(ranges === undefined ? {} : { hazards: ranges }),
    read: { tokens: step.encoded.tokens, positions, logits: positions.map((token) => rows.row(token)) },
  };
}

/** The last token is the separator: its hazard is placed at the end of the text, with no width. */
function alignHazards(step: StepToRead, logits: readonly number[]): TokenHazard[] | undefined {
  const ranges = alignTokens(step.text, step.tokens.slice(0, -1));
  if (ranges === undefined) {
    return undefined;
  }
  const { length } = step.text;
  return [...ranges, [length, length] as const].map(([start, end], index) => ({
    start,
    end,
    hazard: sigmoid(assertDefined(logits[index], "hazard logit")),
  }));
}

/** The row at the step's read position, and what is shown of it. */
function readOne(step: StepToRead, rows: LogitRows): { logits: readonly number[]; read: StepRead } {
  const { read: position, tokens } = step.encoded;
  const logits = rows.row(position);
  return { logits, read: { tokens, positions: [position], logits: [logits] } };
}

function sumOfClasses(logits: readonly number[], classes: readonly number[]): Probability {
  return classes.reduce((sum, index) => sum + softmaxAt(logits, index), 0);
}

function readStepClassifier(
  step: StepToRead,
  rows: LogitRows,
  { positive, extra = [] }: Extract<Readout, { kind: "step-classifier" }>,
): StepScore {
  const { logits, read } = readOne(step, rows);
  return {
    index: step.index,
    reward: sumOfClasses(logits, positive),
    ...(extra.length === 0
      ? {}
      : {
          extra: extra.map(({ classes, ...named }) => ({ ...named, value: sumOfClasses(logits, classes) })),
        }),
    read,
  };
}

/**
 * The score of one step, once all its tokens are computed.
 * @throws AppError `internal` when a logit is not finite: a device that overflowed has no reward to show.
 */
export function readStep(readout: Readout, step: StepToRead, rows: LogitRows): StepScore {
  const score = readByKind(readout, step, rows);
  if (!Number.isFinite(score.reward)) {
    throw new AppError(
      "internal",
      `the model returned a number that is not finite at step ${step.index + 1}`,
    );
  }
  return score;
}

function readByKind(readout: Readout, step: StepToRead, rows: LogitRows): StepScore {
  switch (readout.kind) {
    case "token-hazard":
      return readTokenHazard(step, rows);
    case "step-classifier":
      return readStepClassifier(step, rows, readout);
    case "class-difference": {
      const { logits, read } = readOne(step, rows);
      const reward = softmaxAt(logits, readout.positive) - softmaxAt(logits, readout.negative);
      return { index: step.index, reward, read };
    }
    case "scalar": {
      const { logits, read } = readOne(step, rows);
      return { index: step.index, reward: sigmoid(assertDefined(logits[0], "logit")), read };
    }
    default:
      return assertNever(readout, "read-out");
  }
}

/** The model's reward for the whole trajectory; `undefined` when it has none. */
export function readTrajectory(
  protocol: Pick<Protocol, "readout" | "readsPrefixes">,
  scores: readonly StepScore[],
  last: TokenIndex,
  rows: LogitRows,
): Probability | undefined {
  if (!rewardsTrajectory(protocol)) {
    return undefined;
  }
  return protocol.readout.kind === "token-hazard"
    ? sigmoid(column(rows, last, VALUE))
    : scores.at(-1)?.reward;
}

/** Number of logits a token the read-out expects. */
export function logitWidth(readout: Readout): number {
  switch (readout.kind) {
    case "token-hazard":
      return HAZARD_WIDTH;
    case "step-classifier":
    case "class-difference":
      return readout.classes;
    case "scalar":
      return 1;
    default:
      return assertNever(readout, "read-out");
  }
}

/** The tokens whose logits a step needs. Graphs with a `step_positions` input compute the head there only. */
export function positionsOf(readout: Readout, step: EncodedStep): TokenIndex[] {
  return readout.kind === "token-hazard" ? hazardPositions(step) : [step.read];
}

/** A token hazard joins each token of the step with the one before it. */
function hazardPositions({ tokens: [start, end] }: EncodedStep): TokenIndex[] {
  return Array.from({ length: end - start + 1 }, (_, index) => start - 1 + index);
}
