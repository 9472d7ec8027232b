/** One chain as a file, a paste or a data set gave it, with what its source knows about it. */
import type { Lane } from "./trace.ts";
import type { StepIndex } from "./units.ts";

/** A chain as lists of its steps, by lane: where they end is known, whatever a segmentation says. */
export interface GivenSteps {
  readonly thinking: readonly string[];
  readonly response: readonly string[];
}

/** A person's (or a data set's) judgement of one step; PRM800K's 1, 0 and -1. */
export const STEP_LABELS = ["good", "neutral", "bad"] as const;
export type StepLabel = (typeof STEP_LABELS)[number];

/**
 * Twice what 128k tokens of a model's context hold. The fields lay out a text as a whole, and the page cuts it into
 * steps: a text this long holds the page up for about a second on two cores, four times as much for three to five.
 */
export const MAX_CHAIN_CHARS = 1_000_000;

export interface ChainRecord {
  /** The source's own id, or the record's 1-based place in it. */
  readonly id: string;
  /** Empty when the source has none. */
  readonly problem: string;
  /** Set where the source runs problem and first step together, and nothing tells them apart. */
  readonly isProblemInChain?: true;
  /** A text still to be segmented, or steps taken as they are. */
  readonly chain: string | GivenSteps;
  /** One a step, thinking first; null where the source says nothing. */
  readonly labels?: readonly (StepLabel | null)[];
  /** 0-based as ProcessBench counts, -1 for none; absent when the source does not say. */
  readonly firstError?: StepIndex;
  /** The reference answer of the problem. */
  readonly gold?: string;
  /** Whether the chain's final answer is right, as the source says. */
  readonly isCorrect?: boolean;
  /** The model that wrote the chain. */
  readonly generator?: string;
  /** Every field of the source that no field above holds. */
  readonly rest: Readonly<Record<string, unknown>>;
}

/** What stands between given steps where they become one text. */
const STEP_GAP = "\n\n";

/** The steps of a lane, in the order in which a chain holds them. */
export function givenInOrder(given: GivenSteps): readonly { readonly lane: Lane; readonly text: string }[] {
  const of = (lane: Lane) => given[lane].map((text) => ({ lane, text }));
  return [...of("thinking"), ...of("response")];
}

/** How many characters the chain has, in UTF-16 code units; between given steps two are counted for what parts them. */
export function chainLength({ chain }: Pick<ChainRecord, "chain">): number {
  return typeof chain === "string"
    ? chain.length
    : givenInOrder(chain).reduce((sum, { text }) => sum + text.length + STEP_GAP.length, 0);
}

/** The steps as one chain, thinking in its tags. */
export function joinSteps({ thinking, response }: GivenSteps, separator: string): string {
  const answer = response.join(separator);
  return thinking.length === 0 ? answer : `<think>\n${thinking.join(separator)}\n</think>\n\n${answer}`;
}

/**
 * What the source of a record says of each step, thinking first; null where it says nothing. A first error means that
 * all before it is good and nothing about what follows, as ProcessBench labels it (arXiv 2412.06559, section 2). Empty
 * for a chain that came uncut: its steps are not those of the source.
 */
export function stepLabels({ chain, labels, firstError }: ChainRecord): readonly (StepLabel | null)[] {
  if (typeof chain === "string") {
    return [];
  }
  const count = chain.thinking.length + chain.response.length;
  return Array.from({ length: count }, (_, index) => {
    if (labels !== undefined || firstError === undefined) {
      return labels?.[index] ?? null;
    }
    if (index === firstError) {
      return "bad";
    }
    return firstError < 0 || index < firstError ? "good" : null;
  });
}

/** Whether the source of a record says anything about its steps. */
export function isLabelled({ firstError, labels }: ChainRecord): boolean {
  return firstError !== undefined || labels?.some((label) => label !== null) === true;
}
