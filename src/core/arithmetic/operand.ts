/** What stands between operators, and what becomes of percentages between them. */
import type { add, divide, Rational } from "./rational.ts";

/** `either`: a percentage times or by a number, "3 * 10%". */
type Kind = "number" | "percent" | "either";

export interface Operand {
  readonly value: Rational | undefined;
  readonly kind: Kind;
  /** A fraction or a percentage: "of" may follow it. */
  readonly isShare: boolean;
}

export const UNKNOWN: Operand = { value: undefined, kind: "either", isShare: false };

/** Undefined where either is, or the result. */
export function combine(
  operation: (a: Rational, b: Rational) => Rational | undefined,
  left: Rational | undefined,
  right: Rational | undefined,
): Rational | undefined {
  return left && right && operation(left, right);
}

/** A percentage added to or taken from what is none, "200 + 5%", has no one value. */
export function addUp(operation: typeof add, left: Operand, right: Operand): Operand {
  const isMixed = left.kind !== right.kind && left.kind !== "either" && right.kind !== "either";
  return {
    value: isMixed ? undefined : combine(operation, left.value, right.value),
    kind: left.kind === "either" ? right.kind : left.kind,
    isShare: false,
  };
}

/** A product or a quotient. */
export function scale(operation: typeof divide, left: Operand, right: Operand): Operand {
  const isPercentOnce = (left.kind === "number") !== (right.kind === "number");
  return {
    value: combine(operation, left.value, right.value),
    kind: isPercentOnce ? "either" : "number",
    isShare: false,
  };
}
