import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  compare,
  divide,
  formatRational,
  integer,
  isEqual,
  multiply,
  parseDecimal,
  power,
  type Rational,
  subtract,
} from "./rational.ts";

const rational: fc.Arbitrary<Rational> = fc
  .tuple(fc.bigInt({ min: -10000n, max: 10000n }), fc.bigInt({ min: 1n, max: 10000n }))
  .map(([top, bottom]) => divide(integer(top), integer(bottom)) ?? integer(0n));

describe("rationals", () => {
  it("are in lowest terms and obey the laws of arithmetic", () => {
    fc.assert(
      fc.property(rational, rational, (a, b) => {
        const sum = add(a, b);
        expect(sum).toEqual(add(b, a));
        expect(sum && subtract(sum, b)).toEqual(a);
        expect(multiply(a, b)).toEqual(multiply(b, a));
        if (b.numerator !== 0n) {
          expect(multiply(divide(a, b) ?? integer(0n), b)).toEqual(a);
        }
        expect(compare(a, b) === 0).toBe(isEqual(a, b));
      }),
    );
  });

  it("have no value where there is none", () => {
    expect(divide(integer(1n), integer(0n))).toBeUndefined();
    expect(power(integer(0n), integer(0n))).toBeUndefined();
    expect(power(integer(0n), integer(-1n))).toBeUndefined();
    expect(power(integer(2n), { numerator: 1n, denominator: 2n })).toBeUndefined();
  });

  it("stay bounded, whatever they are raised to", () => {
    const any = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    fc.assert(
      fc.property(any, any, (base, exponent) => {
        const result = power(integer(base), integer(exponent));
        expect(result?.numerator.toString().length ?? 0).toBeLessThan(700);
        expect(result?.denominator.toString().length ?? 0).toBeLessThan(700);
      }),
    );
    expect(power(integer(-1n), integer(10n ** 30n + 1n))).toEqual(integer(-1n));
    expect(power(integer(2n), integer(-2n))).toEqual({ numerator: 1n, denominator: 4n });
  });

  it.each([
    ["408", "408"],
    ["0.125", "0.125"],
    ["1234567.5", "1234567.5"],
    ["0.00001", "0.00001"],
    ["0.82435", "0.82435"],
    ["0.0000000000001", "about 0"],
    [".5", "0.5"],
    ["1".repeat(40), "1.1111 × 10^39"],
  ])("write %s as %s", (digits, written) => {
    expect(formatRational(parseDecimal(digits) ?? integer(0n))).toBe(written);
  });

  it("write what is no decimal as a fraction, with its size", () => {
    expect(formatRational({ numerator: -16n, denominator: 3n })).toBe("−16/3 ≈ −5.3333");
    expect(formatRational({ numerator: 1n, denominator: 2001n })).toBe("about 0.0005");
  });
});
