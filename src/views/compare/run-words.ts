import { LEAST_CHANGE } from "../../core/compare/changes.ts";
import type { Comparison, OtherAnswers } from "../../state/comparison.ts";
import { isSameRun } from "../../state/pinned.ts";
import type { Run } from "../../state/runs.ts";
import { formatDelta, plural } from "../../ui/format-number.ts";

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

/** So close to the least change two decimals may read alike on both sides of it. */
const NEAR = 0.005;

/**
 * A change as it is called: "−0.12". Close to the least that counts it has a third decimal, cut off, so that the number
 * never contradicts the word beside it: −0.0199 is −0.019, no change.
 */
export function formatChange(change: number): string {
  const size = Math.abs(change);
  if (Math.abs(size - LEAST_CHANGE) > NEAR) {
    return formatDelta(change);
  }
  const cut = Math.floor(size * 1000 + 1e-6) / 1000;
  return `${change < 0 ? "−" : "+"}${cut.toFixed(3)}`;
}

/** What the words of a change mean. */
export const CHANGE_MEANING = `A reward that differs by less than ${LEAST_CHANGE} counts as unchanged`;

type Counts = Comparison["counts"];

/** What became of the steps that both have, in one line; where their rewards are the same, also what is not. */
export function headline(counts: Counts, answers?: OtherAnswers): string {
  const isUnchanged = counts.same > 0 && counts.regressed === 0 && counts.improved === 0;
  const others = [
    ...(counts["only-a"] > 0 ? [`${counts["only-a"]} only in A`] : []),
    ...(counts["only-b"] > 0 ? [`${counts["only-b"]} only in B`] : []),
    ...(answers === undefined ? [] : [`A answers ${answers.a}, B ${answers.b}`]),
  ];
  return [sharedWords(counts), ...(isUnchanged ? others : [])].join("; ");
}

function sharedWords({ regressed, improved, same, unknown }: Counts): string {
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

export function summaryWords(counts: Counts): string {
  return `${sharedWords(counts)}; ${counts.same} without change, ${counts["only-a"]} only in A, ${counts["only-b"]} only in B.`;
}

/** Of a chain that is one of several of its problem: which one, and what it answers. */
export function candidateTitle(place: number, answer: string | undefined): string {
  return `Candidate ${place + 1}: ${answer === undefined ? "no answer found" : `answer ${answer}`}`;
}

/** Which of two versions of one chain a run is, set beside the other; undefined when neither was edited into the other. */
export function editWords(run: Run, other: Run): string | undefined {
  if (isSameRun(other.ghost, run)) {
    return "before the edit";
  }
  return isSameRun(run.ghost, other) ? "after the edit" : undefined;
}
