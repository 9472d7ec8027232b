/**
 * Recomputes what a step computes. A finding is only made where both sides of an equation are arithmetic through and
 * through; everything else is not checked, which is never the same as right.
 */
import type { CharOffset } from "../units.ts";
import { type Reading, USUAL_READING } from "./evaluate.ts";
import { type Equation, equationsIn } from "./find-equations.ts";
import { judge, judgeLink, percentsOf, type Verdict } from "./judge.ts";
import { topicOf } from "./meanings.ts";
import { formatRational, integer } from "./rational.ts";
import { readable } from "./readable.ts";
import { tokenize } from "./tokens.ts";

export type { Verdict } from "./judge.ts";

/** One equation that could be recomputed. */
export interface Finding {
  readonly verdict: Verdict;
  /** Half-open range in the step's text. */
  readonly start: CharOffset;
  readonly end: CharOffset;
  /** The equation as it stands, on one line, with signs for commands of LaTeX. */
  readonly equation: string;
  /** What the left side is, where that is not what is written. */
  readonly leftValue?: string;
  /** What the right side is, where it is computed, too. */
  readonly rightValue?: string;
}

export interface StepCheck {
  /** `wrong` when any finding is, `unchecked` when there is none, `partly` when all others hold but not all is checked. */
  readonly status: Verdict | "partly" | "unchecked";
  readonly findings: readonly Finding[];
  /** Equals signs that nothing is said about. */
  readonly uncheckedCount: number;
}

const UNCHECKED: StepCheck = { status: "unchecked", findings: [], uncheckedCount: 0 };
const WORST_FIRST: readonly Verdict[] = ["wrong", "rounded", "right"];

/** Never throws; linear in the length of the text, and every number it computes is bounded. */
export function checkStep(text: string): StepCheck {
  if (!/[=≈]|\\approx/.test(text)) {
    return UNCHECKED;
  }
  const tokens = tokenize(text);
  const { equations, signCount } = equationsIn(tokens);
  const others = otherReadings(text).map(
    (reading) => new Map(equationsIn(tokens, reading).equations.map((equation) => [equation.end, equation])),
  );
  const topic = topicOf(text);
  const findings: Finding[] = [];
  let last: Verdict | undefined;
  let origin: Equation | undefined;
  for (const equation of equations) {
    const readings = [equation, ...others.flatMap((byEnd) => byEnd.get(equation.end) ?? [])];
    // What a link rounds is kept by who goes on from there.
    origin = equation.isChained ? origin : equation;
    const verdict: Verdict | undefined = isLink(equation)
      ? judgeLink(equation, last === "right" || last === "rounded", topic)
      : judge(readings, topic, last === "rounded" ? origin : undefined);
    last = verdict;
    if (verdict !== undefined) {
      findings.push(findingOf(text, equation, verdict));
    }
  }
  const uncheckedCount = signCount - findings.length;
  const worst = WORST_FIRST.find((known) => findings.some((finding) => finding.verdict === known));
  const status = worst !== "wrong" && uncheckedCount > 0 ? "partly" : worst;
  return { status: worst === undefined ? "unchecked" : (status ?? "unchecked"), findings, uncheckedCount };
}

/** The readings besides the usual one that a text leaves open. */
function otherReadings(text: string): readonly Reading[] {
  const readings: Reading[] = [];
  if (text.includes("%")) {
    readings.push({ ...USUAL_READING, percent: "unit" });
  }
  if (/[/÷∕]|\\div/.test(text)) {
    readings.push({ ...USUAL_READING, divisor: "rest" });
  }
  if (/\d[.,]\d{3}(?!\d)/.test(text)) {
    readings.push({ ...USUAL_READING, decimals: "comma" });
  }
  return readings;
}

/** Two bare numbers compute nothing: only a chain says what they should be. */
function isLink({ left, right }: Equation): boolean {
  return !right.hasOperator && !left.some((side) => side.hasOperator);
}

const ZERO = integer(0n);

function findingOf(text: string, equation: Equation, verdict: Verdict): Finding {
  const { left, right, start, end } = equation;
  const [value = ZERO] = left.map((side) => side.value);
  const isTold = verdict !== "right";
  const percents = left.map((side) => percentsOf(side, right)).find((known) => known !== undefined);
  return {
    verdict,
    start,
    end,
    equation: readable(text.slice(start, end)),
    ...(isTold
      ? { leftValue: percents === undefined ? formatRational(value) : `${formatRational(percents)}%` }
      : {}),
    ...(isTold && right.literal === undefined && right.value !== undefined
      ? { rightValue: formatRational(right.value) }
      : {}),
  };
}
