/** One side of an equation, computed exactly. What is not arithmetic through and through has no value. */
import {
  add,
  divide,
  integer,
  multiply,
  negate,
  parseDecimal,
  power,
  type Rational,
  subtract,
} from "./rational.ts";
import type { Operator, PlacedToken, Token } from "./tokens.ts";

/** `share`: a percentage is a hundredth; `unit`: a percent sign is a unit like any other. */
export type PercentReading = "share" | "unit";

export interface Side {
  /** Half-open range of tokens that was read. */
  readonly from: number;
  readonly to: number;
  /** Undefined: not arithmetic, or out of the bounds of rationals. */
  readonly value: Rational | undefined;
  /** Words that stand where units do, in singular. */
  readonly units: ReadonlySet<string>;
  readonly hasOperator: boolean;
  readonly hasPercent: boolean;
  /** The digits of a side that is a number and nothing else. */
  readonly literal: string | undefined;
  readonly hasDecimals: boolean;
}

interface Operand {
  readonly value: Rational | undefined;
  /** A fraction or a percentage: "of" may follow it. */
  readonly isShare: boolean;
}

const UNKNOWN: Operand = { value: undefined, isShare: false };
/** Deeper nesting is not read by anybody. */
const MAX_DEPTH = 32;
/** Words of a unit, such as "square meters per hour". */
const MOST_UNIT_WORDS = 4;
const HUNDRED = integer(100n);

/** Words that compute: between numbers they are never units. */
const OPERATION_WORDS = new Set(
  "and or plus minus times over divided multiplied by less more than mod modulo to from is are was were gives makes equals so then which squared cubed percent hundred thousand million billion trillion dozen pairs".split(
    " ",
  ),
);

export function isUnitWord(word: string): boolean {
  return !OPERATION_WORDS.has(word);
}

/** Reads as much of an expression as there is from a token on; undefined when none begins there. */
export function readSide(
  tokens: readonly PlacedToken[],
  from: number,
  percent: PercentReading,
): Side | undefined {
  const reader = new SideReader(tokens, from, percent);
  return reader.read();
}

class SideReader {
  readonly #tokens: readonly PlacedToken[];
  readonly #from: number;
  readonly #percent: PercentReading;
  readonly #units = new Set<string>();
  #at: number;
  #depth = 0;
  #operators = 0;
  #numbers: string[] = [];
  #hasPercent = false;

  constructor(tokens: readonly PlacedToken[], from: number, percent: PercentReading) {
    this.#tokens = tokens;
    this.#from = from;
    this.#at = from;
    this.#percent = percent;
  }

  read(): Side | undefined {
    const { value } = this.#sum();
    if (this.#at === this.#from) {
      return undefined;
    }
    const [only] = this.#numbers;
    return {
      from: this.#from,
      to: this.#at,
      value,
      units: this.#units,
      hasOperator: this.#operators > 0,
      hasPercent: this.#hasPercent,
      literal: this.#operators === 0 && this.#numbers.length === 1 ? only : undefined,
      hasDecimals: this.#numbers.some((digits) => digits.includes(".")),
    };
  }

  get #next(): Token | undefined {
    return this.#tokens[this.#at]?.token;
  }

  /** The operator that stands next, when something to operate on stands behind it. */
  #operator(...signs: readonly Operator[]): Operator | undefined {
    const next = this.#next;
    const after = this.#tokens[this.#at + 1]?.token;
    const isComplete =
      after !== undefined &&
      (after.kind === "number" ||
        after.kind === "open" ||
        after.kind === "fraction" ||
        after.kind === "opaque" ||
        (after.kind === "operator" && after.operator === "-"));
    return next?.kind === "operator" && isComplete && signs.includes(next.operator)
      ? next.operator
      : undefined;
  }

  #sum(): Operand {
    let left = this.#product();
    for (let sign = this.#operator("+", "-"); sign !== undefined; sign = this.#operator("+", "-")) {
      this.#at += 1;
      this.#operators += 1;
      const right = this.#product();
      left = { value: combine(sign === "+" ? add : subtract, left, right), isShare: false };
    }
    return left;
  }

  #product(): Operand {
    let left = this.#signed();
    let isDivided = false;
    for (;;) {
      const sign = this.#operator("*", "/", "of");
      if (sign !== undefined) {
        this.#at += 1;
        this.#operators += 1;
        const right = this.#signed();
        const isSense = sign !== "of" || left.isShare;
        const value = isSense ? combine(sign === "/" ? divide : multiply, left, right) : undefined;
        isDivided ||= sign === "/";
        left = { value, isShare: sign === "/" };
      } else if (this.#isFactorNext()) {
        this.#operators += 1;
        const right = this.#signed();
        // 6/2(1+2) is read in two ways.
        left = { value: isDivided ? undefined : combine(multiply, left, right), isShare: false };
      } else if (this.#next?.kind === "opaque" || this.#next?.kind === "fraction") {
        // 3x, 2½, 2\frac{1}{2}: a variable, or a mixed number.
        this.#operators += 1;
        this.#signed();
        left = UNKNOWN;
      } else {
        return left;
      }
    }
  }

  /** A bracket written against what stands before it multiplies; one after a space may be a remark. */
  #isFactorNext(): boolean {
    const next = this.#tokens[this.#at];
    return next?.token.kind === "open" && next.token.bracket === "round" && !next.isSpaced;
  }

  #signed(): Operand {
    let isNegative = false;
    while (this.#operator("-") !== undefined) {
      this.#at += 1;
      isNegative = !isNegative;
    }
    const base = this.#atom();
    if (this.#operator("^") === undefined) {
      return isNegative ? { ...base, value: base.value && negate(base.value) } : base;
    }
    this.#at += 1;
    this.#operators += 1;
    const exponent = this.#nested(() => this.#signed());
    const value = combine(power, base, exponent);
    return { value: value && isNegative ? negate(value) : value, isShare: false };
  }

  #atom(): Operand {
    const next = this.#next;
    switch (next?.kind) {
      case "number":
        this.#at += 1;
        return this.#number(next);
      case "open":
        return this.#group(next.bracket);
      case "fraction":
        this.#at += 1;
        return this.#fraction();
      case "opaque":
        this.#at += 1;
        return UNKNOWN;
      default:
        return UNKNOWN;
    }
  }

  #number({ digits, isPercent, unit }: Extract<Token, { kind: "number" }>): Operand {
    this.#numbers.push(digits);
    this.#hasPercent ||= isPercent;
    if (unit !== undefined) {
      this.#addUnit(unit);
    }
    this.#skipUnit();
    const value = parseDecimal(digits);
    const isHundredth = isPercent && this.#percent === "share";
    return { value: value && isHundredth ? divide(value, HUNDRED) : value, isShare: isPercent };
  }

  #group(bracket: "round" | "brace"): Operand {
    this.#at += 1;
    const inner = this.#nested(() => this.#sum());
    const next = this.#next;
    if (next?.kind !== "close" || next.bracket !== bracket) {
      return UNKNOWN;
    }
    this.#at += 1;
    this.#skipUnit();
    return inner;
  }

  #fraction(): Operand {
    const parts = [0, 1].map(() => {
      const next = this.#next;
      return next?.kind === "open" && next.bracket === "brace" ? this.#group("brace") : UNKNOWN;
    });
    this.#operators += 1;
    const [upper = UNKNOWN, lower = UNKNOWN] = parts;
    return { value: combine(divide, upper, lower), isShare: true };
  }

  #nested(read: () => Operand): Operand {
    if (this.#depth >= MAX_DEPTH) {
      return UNKNOWN;
    }
    this.#depth += 1;
    const result = read();
    this.#depth -= 1;
    return result;
  }

  /** Words behind a number are its unit when arithmetic goes on after them, or nothing does. */
  #skipUnit(): void {
    let end = this.#at;
    const words: string[] = [];
    for (let next = this.#tokens[end]?.token; next?.kind === "word"; next = this.#tokens[end]?.token) {
      if (!isUnitWord(next.word) || words.length === MOST_UNIT_WORDS) {
        return;
      }
      words.push(next.word);
      end += 1;
    }
    const after = this.#tokens[end]?.token;
    if (
      after === undefined ||
      after.kind === "operator" ||
      after.kind === "equals" ||
      after.kind === "close" ||
      after.kind === "end"
    ) {
      this.#at = end;
      for (const word of words) {
        this.#addUnit(word);
      }
    }
  }

  #addUnit(word: string): void {
    this.#units.add(word.replace(/(?<=..)s$/, ""));
  }
}

function combine(
  operation: (a: Rational, b: Rational) => Rational | undefined,
  { value: left }: Operand,
  { value: right }: Operand,
): Rational | undefined {
  return left && right && operation(left, right);
}
