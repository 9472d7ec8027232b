import type { NotAligned } from "../../core/alignment/align.ts";
import type { FaultKind } from "../../core/alignment/faults.ts";
import type { Step } from "../../core/trace.ts";
import type { StepIndex } from "../../core/units.ts";

/** Why there are no ribbons. */
export const NOT_ALIGNED_WORDS: Readonly<Record<NotAligned, string>> = {
  "no-thinking":
    "This chain has a response only. Ribbons lead from thoughts to the response they ended in: they need both, thinking between <think> and </think> and a response behind it.",
  "no-response":
    "This chain has thinking only. Ribbons lead from thoughts to the response they ended in: they need a response behind </think>.",
  "too-long": "This chain has too many steps for its thinking and its response to be aligned.",
};

/** On a row. */
export const FAULT_LABELS: Readonly<Record<FaultKind, string>> = {
  "kept-bad": "low thought",
  "dropped-good": "dropped",
  "no-support": "no support",
};

/** Before the numbers of the steps. */
export const FAULT_SENTENCES: Readonly<Record<FaultKind, string>> = {
  "kept-bad": "rests on a thought below the threshold",
  "dropped-good": "a good thought whose result is dropped",
  "no-support": "has no support in the thinking",
};

const LIST = new Intl.ListFormat("en", { type: "conjunction" });

/**
 * What a row's ribbons say, in words: "Step 5, response, from thoughts 1 and 2". Steps count from 1.
 * @param partners Steps of the other lane that its ribbons lead to, increasing.
 */
export function rowWords(
  { index, lane }: Pick<Step, "index" | "lane">,
  partners: readonly StepIndex[],
  faults: readonly FaultKind[],
): string {
  const others = partners.map((partner) => String(partner + 1));
  const many = others.length === 1 ? "" : "s";
  const none = lane === "response" ? "from no thought" : "in no response step";
  const joined =
    lane === "response"
      ? `from thought${many} ${LIST.format(others)}`
      : `in response step${many} ${LIST.format(others)}`;
  return [
    `Step ${index + 1}`,
    lane,
    others.length === 0 ? none : joined,
    ...faults.map((kind) => FAULT_SENTENCES[kind]),
  ].join(", ");
}
