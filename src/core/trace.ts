/**
 * What Stepscope reads and shows.
 *
 * Glossary (use these words, avoid those in brackets):
 * - problem: the question a chain answers [prompt, query]
 * - chain: the raw text of one attempt, thinking and response together [solution, output]
 * - lane: the part of the chain a step stands in, thinking or response [section]
 * - step: one segment of the chain that gets one reward [chunk, paragraph]
 * - segment: the verb for cutting a chain into steps [split]
 * - trace: a problem with its segmented chain [sample]
 * - step reward: the process reward model's number for one step, in its protocol's range: mostly [0, 1]
 * - hazard: for one token, the probability that the chain goes wrong there, in [0, 1]
 * - trajectory reward: the model's own number for the whole trajectory, in [0, 1]
 * - aggregate: a rule that turns step rewards into one number; its result is the trajectory score
 * - threshold: a step reward below it marks a bad step
 * - first error: index of the first bad step, -1 for none (as ProcessBench counts)
 */
import type { CharOffset, Milliseconds, Probability, StepIndex, TokenIndex } from "./units.ts";

export type Lane = "thinking" | "response";

/** One step: `text === chain.slice(start, end)`, never trimmed further, never rewritten. */
export interface Step {
  readonly index: StepIndex;
  readonly lane: Lane;
  readonly start: CharOffset;
  readonly end: CharOffset;
  readonly text: string;
}

export interface Trace {
  readonly problem: string;
  readonly chain: string;
  readonly steps: readonly Step[];
}

/** One token of a step, placed on the step's text. */
export interface TokenHazard {
  /** Half-open range in the step's text; both 0-based UTF-16 offsets from the step's start. */
  readonly start: CharOffset;
  readonly end: CharOffset;
  readonly hazard: Probability;
}

/** What the model was asked and what it answered for one step. */
export interface StepRead {
  /** Half-open token range of the step in the model's input, its separator included. */
  readonly tokens: readonly [TokenIndex, TokenIndex];
  /** Token positions whose logits were read for this step, in order; a token hazard begins before the step. */
  readonly positions: readonly TokenIndex[];
  /** Raw float32 logits at those positions, one row a position. */
  readonly logits: readonly (readonly number[])[];
}

/** A further number of a step, read from the same logits as its reward. */
export interface ExtraScore {
  readonly id: string;
  readonly label: string;
  readonly value: Probability;
  /** Above it the step is marked. */
  readonly threshold: Probability;
}

export interface StepScore {
  readonly index: StepIndex;
  readonly reward: Probability;
  /** Absent when the protocol's read-out names none. */
  readonly extra?: readonly ExtraScore[];
  /** The model's estimate, at the step's last token, that the trajectory ends right. Absent when the model has none. */
  readonly value?: Probability;
  /** Absent when the read-out has no per-token number, or tokens cannot be placed on the text. */
  readonly hazards?: readonly TokenHazard[];
  readonly read: StepRead;
}

/** Why a step has no reward. Drawn and worded as such, never as 0. */
export type NotScoredReason = "beyond-context" | "stopped" | "failed" | "pending";

/** The prompt as the model received it. */
export interface PromptView {
  /** The rendered prompt, special tokens written out. */
  readonly text: string;
  readonly ids: readonly number[];
  /** Each token as text, `tokens.length === ids.length`. */
  readonly tokens: readonly string[];
}

/** Result of scoring one trace. Steps without an entry in `steps` were not scored. */
export interface ScoredTrace {
  readonly steps: readonly StepScore[];
  readonly stepCount: number;
  /** The first step without a reward and why, when not all were scored. */
  readonly notScored?: { readonly from: StepIndex; readonly reason: NotScoredReason };
  /** The model's own reward for the whole trajectory; absent unless every step was scored. */
  readonly trajectoryReward?: Probability;
  readonly prompt: PromptView;
  readonly timing: {
    /** Wall time of the forward passes. */
    readonly forward: Milliseconds;
    /** Tokens computed in this call (reused ones not counted). */
    readonly tokens: number;
    /** Tokens whose key-value cache was reused from an earlier call. */
    readonly reused: number;
    /** Number of forward passes (chunks). */
    readonly chunks: number;
  };
}
