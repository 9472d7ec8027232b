import { EMBEDDED_MODEL, EMBEDDED_NAME } from "../../state/model-choice.ts";
import type { Run } from "../../state/runs.ts";
import { plural } from "../../ui/format-number.ts";

const LONGEST_TITLE = 120;

/** What a run is about: its example's title, or how its problem begins. */
export function runTitle({ example, trace }: Run): string {
  return example?.title ?? trace.problem.trim().slice(0, LONGEST_TITLE);
}

export function modelWords({ modelKey }: Run): string {
  return modelKey === EMBEDDED_MODEL ? EMBEDDED_NAME : modelKey;
}

/** How many steps there are, and how many of them have a reward when not all have. */
export function coverageWords({ scores }: Run): string {
  const scored = scores.filter((score) => score !== undefined).length;
  const steps = plural(scores.length, "step");
  return scored === scores.length ? steps : `${scored} of ${steps} scored`;
}
