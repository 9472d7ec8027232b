/** What is read off a chain, in sentences. Steps count from 1. */
import type { Finding, StepCheck } from "../core/arithmetic/check.ts";
import type { Disagreement } from "../core/disagreement.ts";
import type { Wrongs } from "../core/wrongs.ts";
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

/** The three ways to go wrong in one sentence; empty when there is none. */
export function wrongsSentence({ firstDrop, noReturn, isFineAfter, recovered }: Wrongs): string {
  if (firstDrop === undefined) {
    return "";
  }
  const { index, reward, level } = firstDrop;
  const before = level === undefined ? "" : `, after a mean of ${formatProbability(level)}`;
  const clauses = [`First drop at step ${index + 1} (${formatProbability(reward)}${before})`];
  const named = recovered.slice(0, MOST_DIPS_NAMED);
  clauses.push(...named.map(({ from, back }) => `dip at step ${from + 1} recovered by step ${back + 1}`));
  if (recovered.length > named.length) {
    clauses.push(`${plural(recovered.length - named.length, "more recovered dip")}`);
  }
  if (noReturn !== undefined) {
    clauses.push(
      isFineAfter === true
        ? `nothing takes step ${noReturn + 1} back`
        : `no return from step ${noReturn + 1} on`,
    );
  }
  return `${clauses.join("; ")}.`;
}

const MOST_DIPS_NAMED = 2;

/** The step on which model and arithmetic disagree most, in one sentence; empty when they do on none. */
export function disagreementSentence(
  disagreements: readonly Disagreement[],
  checks: readonly StepCheck[],
): string {
  const [most] = disagreements;
  if (most === undefined) {
    return "";
  }
  const count = disagreements.length;
  const where = `${count === 1 ? "" : `${plural(count, "step")}, most on `}step ${most.index + 1}`;
  const wrong = checks[most.index]?.findings.find(({ verdict }) => verdict === "wrong");
  const claim =
    most.kind === "happy-but-wrong" && wrong !== undefined
      ? findingSentence(wrong)
      : "its arithmetic is right";
  return `Model and arithmetic disagree on ${where}: reward ${formatProbability(most.reward)}, but ${claim}.`;
}
