/**
 * A protocol says how one family of process reward models is asked and read: which text, cut into which
 * pieces, and what the logits mean. It is data and one pure function; tokenizing and running are elsewhere.
 */
import type { Probability, StepIndex } from "../units.ts";
import type { PublishedIds } from "./published-vocabulary.ts";

/**
 * Where a step's reward is read, relative to the part that carries the mark: at its last token, at the one
 * before that, at its first token, or at the token before it (the slot where a model would answer).
 */
export type ReadPosition = "last" | "second-last" | "first" | "before";

/** A stretch of the prompt. Only `template` text may become special tokens: what a person typed never does. */
export interface PromptPart {
  readonly origin: "template" | "problem" | "step";
  readonly text: string;
  /** The step whose tokens these are, separators included. */
  readonly step?: StepIndex;
  /** Set on the part where the step's reward is read. */
  readonly read?: ReadPosition;
}

/** Parts tokenized together. Pieces are tokenized apart and their ids concatenated. */
export type PromptPiece = readonly PromptPart[];

export interface ChatMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

export interface PromptInput {
  readonly problem: string;
  readonly steps: readonly string[];
}

/** What rendering needs of the checkpoint's tokenizer. */
export interface PromptContext {
  /** Renders messages with the checkpoint's own chat template, without a generation prompt. */
  chat(messages: readonly ChatMessage[]): string;
  /** The text of the special tokens the tokenizer puts before any text by itself; empty for most. */
  readonly autoPrefix: string;
  /** The beginning-of-sequence token's text; empty when the tokenizer has none. */
  readonly bos: string;
}

/** How logits become rewards. A new kind is a case in `engine/readout.ts`, which will not compile without it. */
export type Readout =
  /** Per token logits `[a, u, v]`; see `stepscope-prm.ts`. */
  | { readonly kind: "token-hazard" }
  /** Logits of `classes` classes at the read position; the reward is the softmax summed over `positive`. */
  | {
      readonly kind: "step-classifier";
      readonly classes: number;
      readonly positive: readonly number[];
      /** Further numbers from the same softmax, shown beside the reward. */
      readonly extra?: readonly ExtraReadout[];
    }
  /** The reward is p(`positive`) - p(`negative`), in [-1, 1]. */
  | {
      readonly kind: "class-difference";
      readonly classes: number;
      readonly positive: number;
      readonly negative: number;
    }
  /** One logit; the reward is its sigmoid. */
  | { readonly kind: "scalar" };

export interface ExtraReadout {
  readonly id: string;
  readonly label: string;
  /** Classes summed. */
  readonly classes: readonly number[];
  /** Above it the step is marked. */
  readonly threshold: Probability;
}

/**
 * The part of the model after the backbone, for the converter: what the logits are made of.
 * `lm-rows` keeps only the rows of the candidates' tokens of the language-model head, in this order.
 */
export type Head =
  | { readonly kind: "token-hazard" }
  /** Linear, ReLU, linear: `<prefix>.0.*` and `<prefix>.2.*`. */
  | { readonly kind: "mlp"; readonly prefix: string; readonly outputs: number }
  | { readonly kind: "linear"; readonly prefix: string; readonly outputs: number }
  /** Each candidate is the last token of its text encoded alone. */
  | { readonly kind: "lm-rows"; readonly candidates: readonly string[] }
  /** A language-model head repurposed as a scalar: the mean of all its rows. */
  | { readonly kind: "lm-mean" };

/** What the tokenizer must know, and how, checked when a model loads. */
export type TokenCheck =
  | {
      readonly text: string;
      /** The text is one special token; it encodes to exactly one token; or merely to some. */
      readonly is: "special" | "one-token" | "encodable";
      /** What its last token's id must be, where the tokenizer has a vocabulary it is published for. */
      readonly ids?: PublishedIds;
    }
  /** The tokenizer names a beginning-of-sequence token. */
  | { readonly is: "bos" };

export interface Protocol {
  /** Equals the file name. */
  readonly id: string;
  readonly label: string;
  /** Paper or model card the protocol follows. */
  readonly source: string;
  readonly readout: Readout;
  readonly head: Head;
  /** Range of a step reward. */
  readonly range: readonly [number, number];
  /** A step reward below it marks a bad step, unless the model's manifest says otherwise. */
  readonly threshold: number;
  /** Longest input in tokens the model was made for, unless its config says less. */
  readonly maxTokens: number;
  /** What one has to know to read a step reward right, where it is not simply the reward of that step. */
  readonly note?: string;
  readonly checks: readonly TokenCheck[];
  /**
   * True when a step's reward is the score of the text up to its end. The token there may differ from the one
   * in the whole text (`.` against `.\n`), so those reads are made on the prefix's own tokens.
   */
  readonly readsPrefixes?: boolean;
  render(input: PromptInput, context: PromptContext): readonly PromptPiece[];
}
