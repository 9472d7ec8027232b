/**
 * A protocol says how one family of process reward models is asked and read: which text, cut into which
 * pieces, and what the logits mean. It is data and one pure function; tokenizing and running are elsewhere.
 */
import type { Probability, StepIndex } from "../units.ts";

/** A stretch of the prompt. Only `template` text may become special tokens: what a person typed never does. */
export interface PromptPart {
  readonly origin: "template" | "problem" | "step";
  readonly text: string;
  /** The step whose tokens these are, separators included. */
  readonly step?: StepIndex;
  /** True on the part whose last token carries the step's reward (marker protocols). */
  readonly marker?: boolean;
}

/** Parts tokenized together. Pieces are tokenized apart and their ids concatenated. */
export type PromptPiece = readonly PromptPart[];

export interface ChatMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** Renders messages with the checkpoint's own chat template, without a generation prompt. */
export type ChatTemplate = (messages: readonly ChatMessage[]) => string;

export interface PromptInput {
  readonly problem: string;
  readonly steps: readonly string[];
}

/** How logits become rewards. A new kind is a case in `engine/readout.ts`, which will not compile without it. */
export type Readout =
  /** Per token logits `[a, u, v]`; see `stepscope-prm.ts`. */
  | { readonly kind: "token-hazard" }
  /** Logits of `classes` classes at each marker; the reward is the softmax of class `positive`. */
  | { readonly kind: "step-classifier"; readonly classes: number; readonly positive: number };

export interface Protocol {
  /** Equals the file name. */
  readonly id: string;
  readonly label: string;
  /** Paper or model card the protocol follows. */
  readonly source: string;
  readonly readout: Readout;
  /** A step reward below it marks a bad step, unless the model's manifest says otherwise. */
  readonly threshold: Probability;
  render(input: PromptInput, chat: ChatTemplate): readonly PromptPiece[];
}
