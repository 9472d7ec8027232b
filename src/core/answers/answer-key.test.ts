import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerKey, isSameAnswer } from "./answer-key.ts";

describe("answerKey", () => {
  it.each([
    ["1/2", "0.5"],
    ["1/2", "\\frac{1}{2}"],
    ["\\dfrac12", "0.50"],
    ["-\\frac{3}{6}", "-.5"],
    ["1,000", "1000"],
    ["1000", "1000.00"],
    ["$11.", "11"],
    ["\\$11", "11"],
    ["20\\%", "20%"],
    ["5\\text{ cm}", "5"],
    ["x = 7", "7"],
    ["(B)", "b"],
    ["\\text{Yes}", "yes"],
    ["90^\\circ", "90"],
    ["\\left( 1, 2 \\right)", "(1,2)"],
    ["−3", "-3"],
    ["-0", "0"],
    ["6/3", "2"],
    ["½", "1/2"],
    ["1½", "3/2"],
    ["1 1/2", "1.5"],
    ["-2\\frac{1}{2}", "-5/2"],
    ["2⁵", "2^5"],
    ["x^{2}", "x²"],
    ["10⁻¹²", "10^{-12}"],
  ])("takes %j and %j for one answer", (a, b) => {
    expect(answerKey(a)).toBe(answerKey(b));
  });

  it.each([
    ["1/2", "1/3"],
    ["10", "100"],
    ["1,00", "100"],
    ["x+1", "x+2"],
    ["(1,2)", "(2,1)"],
    ["3/0", "3"],
    ["5", "-5"],
    ["(1,234)", "1234"],
    ["2⁵", "25"],
    ["10²", "102"],
    ["1½", "11/2"],
    ["1 1/2", "11/2"],
    ["x₂", "x²"],
    ["101₂", "1012"],
    ["3 4", "34"],
    ["1, 234", "1234"],
    ["\\Delta", "\\delta"],
  ])("tells %j from %j", (a, b) => {
    expect(answerKey(a)).not.toBe(answerKey(b));
  });

  it("gives every spelling of a fraction the same key", () => {
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 80 }), (top, bottom) => {
        const key = answerKey(`${top}/${bottom}`);
        expect(answerKey(`\\frac{${top}}{${bottom}}`)).toBe(key);
        expect(answerKey(`${top * 7}/${bottom * 7}`)).toBe(key);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: -99_999, max: 99_999 }), (thousandths) => {
        expect(isSameAnswer(`${thousandths}/1000`, (thousandths / 1000).toFixed(3))).toBe(true);
      }),
    );
  });

  it("takes any text", () => {
    const text = fc
      .array(
        fc.constantFrom("\\frac", "{", "}", "1", "2", ".", ",", "/", "-", "$", " ", "x", "=", "\\text{ a}"),
        {
          maxLength: 10,
        },
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (one) => {
        expect(typeof answerKey(one)).toBe("string");
      }),
    );
  });

  it("compares what is too long for a number as text", () => {
    expect(answerKey("1".repeat(80))).toBe("1".repeat(80));
  });
});
