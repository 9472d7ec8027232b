/**
 * Which steps take an earlier step back, told from their words and sums. "Wait" alone only interrupts: what counts is a
 * phrase that calls something wrong, a result that is denied ("not 886"), or a wrong sum that is computed anew.
 */
import type { Finding, StepCheck } from "./arithmetic/check.ts";
import type { Step } from "./trace.ts";
import type { StepIndex } from "./units.ts";

/*
 * Lists of fixed words without nested repetition, so that each is linear. What is only asked, supposed or denied ("if I
 * made a mistake", "that is wrong?", "no mistake") takes nothing back.
 */
const PHRASES: readonly RegExp[] = [
  /\b(?:that|this|it|which|\d)(?:['’]s| is| was) (?:wrong|incorrect|not right|not correct|a mistake|an error)\b(?!\s*\?)/i,
  /\b(?:that|this|it) (?:can['’]?t|cannot|can not) be (?:right|correct)\b/i,
  /(?<!\b(?:if|whether|unless|that|did) )\b(?:i|we)(?: have|['’]ve)? (?:made (?:a|an|some) (?:\w+ )?(?:mistake|error|slip)|misread|miscounted|miscalculated|miscomputed|misunderstood|misinterpreted|mixed up|forgot)\b/i,
  /\b(?:i|we) (?:used|wrote|took|said|had|put|computed|calculated|counted|added|multiplied|subtracted|divided)\b[^.\n]{0,80}\binstead of\b/i,
  /\b(?:scratch that|(?:let me|let us|let['’]s|i(?:['’]ll| will| need to| have to| must| should)) (?:redo|recompute|recalculate|correct|fix|start over|try again))\b/i,
  /\b(?:my (?:mistake|error|bad)|actually,? no)\b|\bcorrection:/i,
  /\bshould(?:['’]ve| have)? (?:be|been) [$€£]?\d/i,
];
const DENIED = /\bnot [$€£]?(\d+(?:[.,]\d+)*)/gi;
/** A number, and whether it is a result. */
const STATED = /([=≈]\s*)?[$€£]?(?<![\d.,])(\d+(?:[.,]\d+)*)/g;

/**
 * By step, the latest earlier step that it takes back; undefined where it takes none back. Linear in the length of the
 * texts.
 */
export function findRetractions(
  steps: readonly Step[],
  checks: readonly StepCheck[],
): readonly (StepIndex | undefined)[] {
  const stated = new Map<string, StepIndex>();
  const wrongSums = new Map<string, StepIndex>();
  return steps.map(({ text }, index) => {
    const sums = (checks[index]?.findings ?? []).map((finding) => [finding.verdict, sumOf(finding)] as const);
    const taken = [
      ...(index > 0 && PHRASES.some((phrase) => phrase.test(text)) ? [index - 1] : []),
      ...[...text.matchAll(DENIED)].flatMap(([, number = ""]) => stated.get(plain(number)) ?? []),
      ...sums.flatMap(([verdict, sum]) => (verdict === "wrong" ? [] : (wrongSums.get(sum) ?? []))),
    ];
    for (const [, equals, number = ""] of text.matchAll(STATED)) {
      // One digit stands everywhere.
      if (equals !== undefined || number.length > 1) {
        stated.set(plain(number), index);
      }
    }
    for (const [verdict, sum] of sums) {
      if (verdict === "wrong") {
        wrongSums.set(sum, index);
      }
    }
    return taken.length === 0 ? undefined : Math.max(...taken);
  });
}

function plain(number: string): string {
  return number.replaceAll(",", "");
}

/** What is computed, whichever way it is written: "6 × 23 = 138" and "23*6=148" are one. */
function sumOf({ equation }: Finding): string {
  const left = (equation.split(/[=≈]/, 1)[0] ?? "").replace(/[\s,$€£]/g, "").replace(/[×·⋅]/g, "*");
  for (const sign of ["*", "+"]) {
    const parts = left.split(sign);
    if (parts.length > 1 && parts.every((part) => /^[\d.]+$/.test(part))) {
      return parts.sort().join(sign);
    }
  }
  return left;
}
