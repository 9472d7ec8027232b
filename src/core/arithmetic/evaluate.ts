/** One side of an equation, computed exactly. What is not arithmetic through and through has no value. */
import { addUp, combine, type Operand, scale, UNKNOWN } from "./operand.ts";
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
import { isUnitWord } from "./words.ts";

/** How signs are read that are written in more than one sense. What holds in none of them is wrong. */
export interface Reading {
  /** `share`: a percentage is a hundredth; `unit`: a percent sign is a unit like any other. */
  readonly percent: "share" | "unit";
  /** `rest`: everything that is multiplied behind it, as in "30 * 29 / 3 * 2". */
  readonly divisor: "next" | "rest";
  /** Which sign stands before decimals; `comma`: "1.500" is more than a thousand, "1,500" less than two. */
  readonly decimals: "point" | "comma";
}

/** The only reading in which anything is right. */
export const USUAL_READING: Reading = { percent: "share", divisor: "next", decimals: "point" };

export interface Side {
  /** Half-open range of tokens that was read. */
  readonly from: number;
  readonly to: number;
  /** Undefined: not arithmetic, or out of the bounds of rationals. */
  readonly value: Rational | undefined;
  /** Words that stand where units do, in singular. */
  readonly units: ReadonlySet<string>;
  readonly hasOperator: boolean;
  readonly operators: ReadonlySet<Operator>;
  readonly hasPercent: boolean;
  /** The digits of its numbers, in the order of the text. */
  readonly numbers: readonly string[];
  /** The digits of a side that is a number and nothing else. */
  readonly literal: string | undefined;
  readonly hasDecimals: boolean;
  /** The first number of it. */
  readonly first: Rational | undefined;
  /** Whether it can be read in another way as well: "25 / 1/3", "1/3 of 150", "(1) + (2)" of equations. */
  readonly isAmbiguous: boolean;
}

/** What may follow a unit. */
const UNIT_ENDS: ReadonlySet<Token["kind"]> = new Set<Token["kind"]>(["operator", "equals", "close", "end"]);

/** Deeper nesting is not read by anybody. */
const MAX_DEPTH = 32;
/** Words of a unit, such as "square meters of wall per hour". */
const MOST_UNIT_WORDS = 7;
const HUNDRED = integer(100n);

/** The digits of a number whose point groups them, and whose comma stands before decimals. */
function withComma(digits: string, hasComma: boolean | undefined): string {
  return hasComma && !digits.endsWith("000")
    ? `${digits.slice(0, -3)}.${digits.slice(-3)}`
    : digits.replace(/^([1-9]\d{0,2})\.(\d{3})$/, "$1$2");
}

/** Reads as much of an expression as there is from a token on; undefined when none begins there. */
export function readSide(tokens: readonly PlacedToken[], from: number, reading: Reading): Side | undefined {
  const reader = new SideReader(tokens, from, reading);
  return reader.read();
}

class SideReader {
  readonly #tokens: readonly PlacedToken[];
  readonly #from: number;
  readonly #reading: Reading;
  readonly #units = new Set<string>();
  #at: number;
  #depth = 0;
  readonly #operators = new Set<Operator>();
  #numbers: string[] = [];
  #hasPercent = false;
  #isAmbiguous = false;
  #hasName = false;

  constructor(tokens: readonly PlacedToken[], from: number, reading: Reading) {
    this.#tokens = tokens;
    this.#from = from;
    this.#at = from;
    this.#reading = reading;
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
      hasOperator: this.#operators.size > 0,
      operators: this.#operators,
      hasPercent: this.#hasPercent,
      numbers: this.#numbers,
      literal: this.#operators.size === 0 && this.#numbers.length === 1 ? only : undefined,
      hasDecimals: this.#numbers.some((digits) => digits.includes(".")),
      first: only === undefined ? undefined : parseDecimal(only),
      isAmbiguous: this.#isAmbiguous || (this.#hasName && this.#isOnlySum()),
    };
  }

  #isOnlySum(): boolean {
    return this.#operators.has("+") || this.#operators.has("-");
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
    let left = this.#term();
    for (let sign = this.#operator("+", "-"); sign !== undefined; sign = this.#operator("+", "-")) {
      this.#at += 1;
      this.#operators.add(sign);
      left = addUp(sign === "+" ? add : subtract, left, this.#term());
    }
    return left;
  }

  /** A whole number alone in brackets may be the name of an equation, "(1) + (2)". */
  #term(): Operand {
    const from = this.#at;
    const product = this.#product();
    const [open, name, close] = this.#tokens.slice(from, from + 3).map(({ token }) => token);
    if (
      this.#at === from + 3 &&
      open?.kind === "open" &&
      name?.kind === "number" &&
      close?.kind === "close" &&
      open.bracket === "round" &&
      !name.digits.includes(".")
    ) {
      this.#hasName = true;
    }
    return product;
  }

  #product(): Operand {
    let left = this.#signed();
    let isDivided = false;
    let isQuotient = false;
    for (;;) {
      const sign = this.#operator("*", "/", "of");
      if (sign !== undefined) {
        this.#at += 1;
        this.#operators.add(sign);
        // "1/2÷1/4", "3/1/4".
        this.#isAmbiguous ||= sign === "of" || (sign === "/" && isQuotient);
        const right = sign === "/" ? this.#divisor() : this.#signed();
        isDivided ||= sign === "/";
        isQuotient = sign === "/";
        left =
          sign === "of" && !left.isShare ? UNKNOWN : scale(sign === "/" ? divide : multiply, left, right);
        left = { ...left, isShare: sign === "/" };
      } else if (this.#isFactorNext()) {
        this.#operators.add("*");
        this.#isAmbiguous ||= this.#isRepeating();
        const right = this.#signed();
        // 6/2(1+2) is read in two ways.
        left = isDivided ? UNKNOWN : scale(multiply, left, right);
      } else if (this.#next?.kind === "opaque" || this.#next?.kind === "fraction") {
        // 3x, 2½, 2\frac{1}{2}: a variable, or a mixed number.
        this.#operators.add("*");
        this.#signed();
        left = UNKNOWN;
      } else {
        return left;
      }
    }
  }

  #divisor(): Operand {
    if (this.#isTightFractionNext()) {
      return this.#tightFraction();
    }
    return this.#reading.divisor === "rest" ? this.#nested(() => this.#product()) : this.#signed();
  }

  /** "0.3(3)" may be a third. */
  #isRepeating(): boolean {
    const [number, , repeated, close] = this.#tokens
      .slice(this.#at - 1, this.#at + 3)
      .map(({ token }) => token);
    return (
      number?.kind === "number" &&
      number.digits.includes(".") &&
      repeated?.kind === "number" &&
      close?.kind === "close"
    );
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
    this.#operators.add("/");
    return { ...scale(divide, upper, this.#atom()), isShare: true };
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
    this.#operators.add("^");
    const from = this.#at;
    const exponent = this.#nested(() => this.#signed());
    // -3^2, and 2^3^2 without brackets, are read in two ways.
    this.#isAmbiguous ||=
      isNegative ||
      this.#tokens
        .slice(from, from + 2)
        .some(({ token }) => token.kind === "operator" && token.operator === "^");
    const value = combine(power, base.value, exponent.value);
    return { value: value && isNegative ? negate(value) : value, kind: "number", isShare: false };
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

  #number({ digits, isPercent, hasComma, unit }: Extract<Token, { kind: "number" }>): Operand {
    this.#numbers.push(digits);
    this.#hasPercent ||= isPercent;
    if (unit !== undefined) {
      this.#addUnit(unit);
    }
    this.#skipUnit(unit !== undefined);
    const value = parseDecimal(this.#reading.decimals === "comma" ? withComma(digits, hasComma) : digits);
    const isHundredth = isPercent && this.#reading.percent === "share";
    return {
      value: value && isHundredth ? divide(value, HUNDRED) : value,
      kind: isPercent ? "percent" : "number",
      isShare: isPercent,
    };
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
    this.#operators.add("/");
    const [upper = UNKNOWN, lower = UNKNOWN] = parts;
    return { ...scale(divide, upper, lower), isShare: true };
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
