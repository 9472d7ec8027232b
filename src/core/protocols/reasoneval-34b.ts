import type { Protocol } from "./protocol.ts";
import { reasoneval, renderReasoneval } from "./reasoneval.ts";

/** As ReasonEval-7B, but the published code reads this one at the last token of each step. */
export const reasoneval34b = {
  ...reasoneval,
  id: "reasoneval-34b",
  label: "ReasonEval-34B",
  render: (input, context) => renderReasoneval(input, context, "last"),
} as const satisfies Protocol;
