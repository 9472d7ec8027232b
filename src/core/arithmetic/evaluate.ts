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
  /** The first number of it. */
  readonly first: Rational | undefined;
  /** Whether it can be read in another way as well: "25 / 1/3", "1/3 of 150". */
  readonly isAmbiguous: boolean;
}

/** What may follow a unit. */
const UNIT_ENDS: ReadonlySet<Token["kind"]> = new Set<Token["kind"]>(["operator", "equals", "close", "end"]);

interface Operand {
  readonly value: Rational | undefined;
  /** A fraction or a percentage: "of" may follow it. */
  readonly isShare: boolean;
}

const UNKNOWN: Operand = { value: undefined, isShare: false };
/** Deeper nesting is not read by anybody. */
const MAX_DEPTH = 32;
/** Words of a unit, such as "square meters of wall per hour". */
const MOST_UNIT_WORDS = 7;
const HUNDRED = integer(100n);

/** Words that compute, or change what the number before them is: no reader of words stands behind this code. */
const COMPUTING_WORDS = new Set(
  "plus minus times over divided multiplied mod modulo squared cubed percent hundred thousand million billion trillion dozen".split(
    " ",
  ),
);
/** Words of a sentence, which are no unit either. */
const PROSE_WORDS = new Set(
  "and or by less more than to from them us me him is are was were gives makes equals so then which because since but for at in on with if when while as he she it they we you there here this that these those his her their our its my your has have had will would could should can do does did be been therefore thus hence".split(
    " ",
  ),
);

export function isComputingWord(word: string): boolean {
  return COMPUTING_WORDS.has(word);
}

export function isUnitWord(word: string): boolean {
  return !COMPUTING_WORDS.has(word) && !PROSE_WORDS.has(word);
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
  #isAmbiguous = false;

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
      first: only === undefined ? undefined : parseDecimal(only),
      isAmbiguous: this.#isAmbiguous,
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
        this.#isAmbiguous ||= sign === "of";
        const right = sign === "/" && this.#isTightFractionNext() ? this.#tightFraction() : this.#signed();
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

  /** In "25 / 1/3" the space says what divides what. */
  #isTightFractionNext(): boolean {
    const [first, slash, second] = this.#tokens.slice(this.#at, this.#at + 3);
    return (
      first?.isSpaced === true &&
      first.token.kind === "number" &&
      slash?.token.kind === "operator" &&
      slash.token.operator === "/" &&
      !slash.isSpaced &&
      second?.token.kind === "number" &&
      !second.isSpaced
    );
  }

  #tightFraction(): Operand {
    this.#isAmbiguous = true;
    const upper = this.#atom();
    this.#at += 1;
    this.#operators += 1;
    return { value: combine(divide, upper, this.#atom()), isShare: true };
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
    this.#skipUnit(unit !== undefined);
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
    this.#skipUnit(false);
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

  /**
   * Words behind a number are its unit when arithmetic goes on after them, or nothing does: "square meters", "miles
   * per hour", "pens/box", "pounds of rice", "cm^2".
   */
  #skipUnit(isGlued: boolean): void {
    let end = this.#at;
    let wordCount = isGlued ? 1 : 0;
    for (let width = this.#unitPart(end); width > 0; width = this.#unitPart(end)) {
      end += width;
      wordCount += 1;
    }
    // "1/4 of the tank" is not a quarter.
    const first = this.#next;
    if (end > this.#at && first?.kind === "operator" && first.operator === "of" && this.#isShareBehind()) {
      this.#isAmbiguous = true;
    }
    const exponent = wordCount > 0 && this.#isExponent(end) ? 2 : 0;
    const after = this.#tokens[end + exponent]?.token;
    for (const { token } of this.#tokens.slice(this.#at, end)) {
      if (token.kind === "word") {
        this.#addUnit(token.word);
      }
    }
    const isOver = after === undefined || UNIT_ENDS.has(after.kind);
    if (isOver && wordCount <= MOST_UNIT_WORDS) {
      this.#at = end + exponent;
    }
  }

  /** Whether what was just read ends a fraction or is a percentage. */
  #isShareBehind(): boolean {
    const [slash, last] = this.#tokens.slice(this.#at - 2, this.#at).map(({ token }) => token);
    const isFraction = slash?.kind === "operator" && slash.operator === "/";
    return isFraction || last?.kind === "close" || (last?.kind === "number" && last.isPercent);
  }

  /** How many tokens the next part of a unit has; 0 when there is none. */
  #unitPart(at: number): number {
    const [first, second] = this.#tokens.slice(at, at + 2).map(({ token }) => token);
    const isJoint = first?.kind === "operator" && (first.operator === "/" || first.operator === "of");
    const word = isJoint ? second : first;
    return word?.kind === "word" && isUnitWord(word.word) ? (isJoint ? 2 : 1) : 0;
  }

  #isExponent(at: number): boolean {
    const [sign, digit] = this.#tokens.slice(at, at + 2).map(({ token }) => token);
    return sign?.kind === "operator" && sign.operator === "^" && digit?.kind === "number";
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
