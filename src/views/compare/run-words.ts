import type { Comparison } from "../../state/comparison.ts";
import { isPinned } from "../../state/pinned.ts";
import type { Run } from "../../state/runs.ts";
import { plural } from "../../ui/format-number.ts";

const LONGEST_TITLE = 120;

/** What a run is about: its example's title, or how its problem begins. */
export function runTitle({ example, trace }: Run): string {
  return example?.title ?? trace.problem.trim().slice(0, LONGEST_TITLE);
}

/** How many steps there are, and how many of them have a reward when not all have. */
export function coverageWords({ scores }: Run): string {
  const scored = scores.filter((score) => score !== undefined).length;
  const steps = plural(scores.length, "step");
  return scored === scores.length ? steps : `${scored} of ${steps} scored`;
}

/** What became of the steps that both have, in one line. */
export function headline({ regressed, improved, same, unknown }: Comparison["counts"]): string {
  const shared = regressed + improved + same + unknown;
  if (shared === 0) {
    return "A and B share no step";
  }
  if (shared === unknown) {
    return `${plural(shared, "shared step")}, not scored in both`;
  }
  return regressed === 0 && improved === 0
    ? `${plural(same, "shared step")}, no change of reward`
    : `${plural(regressed, "step")} regressed, ${improved} improved`;
}

export function summaryWords(counts: Comparison["counts"]): string {
  return `${headline(counts)}; ${counts.same} without change, ${counts["only-a"]} only in A, ${counts["only-b"]} only in B.`;
}

/** Of a chain that is one of several of its problem: which one, and what it answers. */
export function candidateTitle(place: number, answer: string | undefined): string {
  return `Candidate ${place + 1}: ${answer === undefined ? "no answer found" : `answer ${answer}`}`;
}

/** Which of two versions of one chain a run is, set beside the other; undefined when neither was edited into the other. */
export function editWords(run: Run, other: Run): string | undefined {
  if (isPinned({ run: other.ghost }, run)) {
    return "before the edit";
  }
  return isPinned({ run: run.ghost }, other) ? "after the edit" : undefined;
}
