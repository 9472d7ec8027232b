/** What is read off a chain, in sentences. Steps count from 1. */
import type { Finding, StepCheck } from "../core/arithmetic/check.ts";
import type { Disagreement } from "../core/disagreement.ts";
import type { RecoveredDip, Wrongs } from "../core/wrongs.ts";
import { formatProbability, plural } from "../ui/format-number.ts";

const LONGEST_EQUATION = 90;

function shortened(equation: string): string {
  return equation.length > LONGEST_EQUATION ? `${equation.slice(0, LONGEST_EQUATION)}…` : equation;
}

/** "17 × 24 = 398: it is 408". */
export function findingSentence({ verdict, equation, leftValue, rightValue }: Finding): string {
  const written = shortened(equation);
  if (verdict === "right" || leftValue === undefined) {
    return `${written}: right`;
  }
  if (verdict === "rounded") {
    return `${written}: rounded, it is ${leftValue}`;
  }
  return rightValue === undefined
    ? `${written}: it is ${leftValue}`
    : `${written}: the left is ${leftValue}, the right ${rightValue}`;
}

/**
 * The three ways to go wrong in one sentence; empty when there is none.
 *
 * @param isOver No more rewards will come: only then can it be said that a chain does not recover.
 */
export function wrongsSentence({ firstDrop, noReturn, recovered }: Wrongs, isOver: boolean): string {
  if (firstDrop === undefined) {
    return "";
  }
  const { index, reward, level } = firstDrop;
  const fall = `${level === undefined ? "to" : `from ${formatProbability(level)} to`} ${formatProbability(reward)}`;
  const clauses = [`first drops at step ${index + 1}, ${fall}`];
  if (recovered.length > 0) {
    clauses.push(`recovers ${list(recovered.slice(0, MOST_DIPS_NAMED).map(dipWords), recovered.length)}`);
  }
  if (noReturn !== undefined && isOver) {
    clauses.push(
      noReturn === index
        ? "never recovers"
        : `does not come back from step ${noReturn + 1}, its point of no return`,
    );
  }
  return `The reward ${new Intl.ListFormat("en", { type: "conjunction" }).format(clauses)}.`;
}

const MOST_DIPS_NAMED = 2;

function dipWords({ from, back }: RecoveredDip): string {
  return `by step ${back + 1} from the dip at step ${from + 1}`;
}

/** The named ones, and how many there are besides. */
function list(named: readonly string[], count: number): string {
  const more = count - named.length;
  return `${named.join(" and ")}${more > 0 ? ` and from ${plural(more, "other dip")}` : ""}`;
}

/** The step on which model and arithmetic disagree most, in one sentence; empty when they do on none. */
export function disagreementSentence(
  disagreements: readonly Disagreement[],
  checks: readonly StepCheck[],
): string {
  const [most] = disagreements;
  if (most === undefined) {
    return "";
  }
  const others = disagreements.length - 1;
  const more = others === 0 ? "" : ` (and on ${plural(others, "other step")})`;
  const wrong = checks[most.index]?.findings.find(({ verdict }) => verdict === "wrong");
  const claim =
    most.kind === "happy-but-wrong" && wrong !== undefined
      ? findingSentence(wrong)
      : "its arithmetic is right";
  return `Model and arithmetic disagree most on step ${most.index + 1}${more}: reward ${formatProbability(most.reward)}, but ${claim}.`;
}
