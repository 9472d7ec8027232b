/** What is sure stays checked, however it is written. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkStep } from "./check.ts";

const verdicts = (text: string) => checkStep(text).findings.map(({ verdict }) => verdict);

describe("is still checked:", () => {
  it.each([
    ["so (3 + 5) * 2 = 16", "right"],
    ["The cost is (3 + 5) * 2 = 18", "wrong"],
    ["He gets (3 + 5) * 2 = 18", "wrong"],
    ["the area of the square is 5 x 5 = 26", "wrong"],
    ["He drinks 160 ounces of milk because 20 x 8 = 150", "wrong"],
    ["Eight 10-seater tables seat 8 x 10 = 81", "wrong"],
    ["the area $(14-2)(14+2) = 14^2 - 2^2$", "right"],
    ["8 - 2 = 6 times", "right"],
    ["8 - 2 = 7 times as many", "wrong"],
    ["276/12 = 23 dozen eggs", "right"],
    ["15 + 5 = 20 push-ups", "right"],
    ["40/20 = 2 $5 bills", "right"],
    ["an average of 9 * 24 = 216 answers", "right"],
    ["12/2 = 6th", "right"],
    ["500 MB - 300 MB = 200 MB", "right"],
    ["1/2 ÷ 1/4 = 2", "right"],
    ["1/2 + 1/3 = 2/5", "wrong"],
    ["3 * 4 = 12 and 2 * 4 = 9", "right,wrong"],
    ["17 * 23 = 391, 391 + 10 = 411.", "right,wrong"],
    ["17 * 23 = 391, 391 + 10 = 401.", "right,right"],
    ["12*3=36=37", "right,wrong"],
    ["23 + 45 = 68 = 70", "right,wrong"],
    ["20 / 50 = 0.4 = 40%", "right,right"],
    ["20 / 3 = 6.67 = 7", "rounded"],
    ["2 * 100 = 200 = $2", "right"],
    ["452 / 1.05^14 = 452 / 1.98 = 228.29", "rounded"],
    ["452 / 1.05^14 = 452 / 1.98 = 230", "rounded,wrong"],
    ["100% - 25% = 75%", "right"],
    ["100% - 25% = 70%", "wrong"],
    ["3/4 = 75%", "right"],
    ["1/6 = 17%", "rounded"],
    ["1/3 = 38.5%", "wrong"],
    ["20 / 80 * 100 = 26%", "wrong"],
    ["50 + 50 * 10% = 55", "right"],
    ["50 + 50 * 10% = 56", "wrong"],
    ["120 * 25% = 35", "wrong"],
    ["The base is 5 and the height 3: 5 * 3 = 16", "wrong"],
    ["5 * 3 = 15,000", "wrong"],
    ["10 x 1,248 = 11,480", "wrong"],
    ["1,125 * 8 = 9,001", "wrong"],
    ["10,500 + 20,250 = 30,800", "wrong"],
    ["9 \\times 10000 = 90,\\!000", "right"],
    ["5(1+2+3) = 5\\left(\\frac{3 \\cdot 4}{2}\\right)", "right"],
    ["\\begin{align*} 2 + 3 &= 5 \\\\ &= 10 / 2.\\end{align*}", "right,right"],
    ["\\frac{9+1}{2} =\n\\frac{10}{2}", "right"],
    ["50-8 = 44 bracelets", "wrong"],
    ["9 + 5 = 2", "wrong"],
    ["30 * 29 * 28 / 3 / 2 = 4060", "right"],
    ["30/100*50 = 16", "wrong"],
    ["25 - 50 = 25 socks", "wrong"],
    ["the probability is 1/2 * 1/3 = 1/5", "wrong"],
    ["5 + 3 == 8", "right"],
    ["48-24-30 = 6 cards", "wrong"],
    ["8/24=3 trips", "wrong"],
    ["he needs to work 20000/1000 = 200 weeks", "wrong"],
    ["x is equal to 82/9=9 inches", "wrong"],
  ])("%s: %s", (text, expected) => {
    expect(verdicts(text).join(",")).toBe(expected);
  });

  it.each([
    ["1/3 = 0.34", "wrong"],
    ["7/2 ≈ 4", "rounded"],
    ["2/3 ≈ 0.66", "rounded"],
    ["48 * 52 ≈ 2500", "rounded"],
    ["48 * 52 ≈ 2490", ""],
    ["48 * 52 ≈ 2550", "wrong"],
    ["48 * 52 ≈ 2700", "wrong"],
    ["99 + 1 ≈ 200", "wrong"],
    ["1000 * 3 ≈ 4000", "wrong"],
    ["5 + 3 ≈ 9", "wrong"],
    ["1000 + 90 ≈ 1000", "rounded"],
    ["1000 + 234 ≈ 1000", ""],
    ["1000 + 900 ≈ 1000", "wrong"],
    ["1000/7 ≈ 142", ""],
    ["1000/7 ≈ 143", "rounded"],
    ["0.001 + 0.0002 ≈ 0.001", "rounded"],
  ])("approximations, %s: %s", (text, expected) => {
    expect(verdicts(text).join(",")).toBe(expected);
  });
});

describe("what is quoted says what is written:", () => {
  it.each([
    ["\\frac{1+1}{2}^2 = 1", "((1+1)/2)^2 = 1"],
    ["\\frac{3}{4} + \\frac{1}{4} = 1", "3/4 + 1/4 = 1"],
    ["\\frac{30 \\times 29}{3 \\times 2} = 145", "(30 × 29)/(3 × 2) = 145"],
    ["\\frac{1 + 2}{\\frac{1}{2}} = 6", "(1 + 2)/(1/2) = 6"],
    ["\\frac{1}{2} \\div \\frac{1}{4} = 2", "1/2 ÷ (1/4) = 2"],
    ["\\frac{1}{2}(4) = 2", "(1/2)(4) = 2"],
    ["\\frac{1}{2}\\left(4\\right) = 2", "(1/2)(4) = 2"],
    ["3 + 4 = \\boxed{\\frac{14}{2}}", "3 + 4 = 14/2"],
    ["- 18/-2 = 9", "- 18/-2 = 9"],
    ["20 minutes/day * 3 = 60 minutes/day", "20 minutes/day * 3 = 60"],
    ["2 + 3 = **5**", "2 + 3 = 5"],
  ])("%s as %s", (text, equation) => {
    expect(checkStep(text).findings.map((finding) => finding.equation)).toEqual([equation]);
    expect(verdicts(equation)).toEqual(verdicts(text));
  });

  it("tells percentages in percent", () => {
    expect(checkStep("3/4 = 80%").findings).toMatchObject([{ leftValue: "75%" }]);
    expect(checkStep("20 / 80 * 100 = 26%").findings).toMatchObject([{ leftValue: "25%" }]);
  });
});

const whole = fc.integer({ min: 1, max: 999 });
const operation = fc.constantFrom("+", "-", "*");
const compute = {
  "+": (a: number, b: number) => a + b,
  "-": (a: number, b: number) => a - b,
  "*": (a: number, b: number) => a * b,
};
const operate = (sign: string, a: number, b: number) => compute[sign as keyof typeof compute](a, b);

describe("laws of spelling", () => {
  it("any word in front of a bracket makes nothing wrong", () => {
    const word = fc.oneof(
      fc.stringMatching(/^[a-zA-Z]{2,9}$/),
      fc.constantFrom(
        ..."is are so then and get have gives equals of to or in the sqrt abs Step day feet hours percent times".split(
          " ",
        ),
      ),
    );
    const spelled = word.chain((one) =>
      fc.constantFrom(`${one}`, `${one} `, ` ${one} `, `\\text{${one}}`, `\\operatorname{${one}} `),
    );
    fc.assert(
      fc.property(whole, whole, whole, operation, operation, spelled, (a, b, c, outer, inner, inserted) => {
        const value = operate(outer, a, operate(inner, b, c));
        const bracket = `(${b} ${inner} ${c})`;
        for (const text of [
          `${inserted}${bracket} = ${operate(inner, b, c)}`,
          `${a} ${outer} ${inserted}${bracket} = ${value}`,
          `${a} + ${value - a} = ${a} ${outer} ${inserted}${bracket}`,
          `${a}${inserted}${bracket} = ${a * operate(inner, b, c)}`,
        ]) {
          expect(verdicts(text), text).not.toContain("wrong");
        }
      }),
      { numRuns: 500 },
    );
  });

  it("what is right stays right in other spaces, in LaTeX, and with a unit", () => {
    const spellings: Readonly<Record<string, readonly string[]>> = {
      "+": ["+"],
      "-": ["-", "−"],
      "*": ["*", "×", "\\times", "\\cdot", "·"],
    };
    const space = fc.constantFrom("", " ", "  ", "\\,", "\u00a0");
    const frame = fc.constantFrom(
      ["", ""],
      ["$", "$"],
      ["\\(", "\\)"],
      ["So we have ", " in all."],
      ["\\[\n", ".\n\\]"],
      ["**", "**"],
      ["1. ", "."],
    );
    const unit = fc.constantFrom("", " apples", " km", "cm", " square feet", "\\text{ kg}");
    fc.assert(
      fc.property(
        whole,
        whole,
        operation,
        fc.nat(),
        space,
        frame,
        unit,
        (a, b, sign, pick, gap, [open, close], name) => {
          const known = spellings[sign] ?? [];
          const spelled = known[pick % known.length] ?? sign;
          const sum = `${a}${name}${gap}${spelled}${gap === "" && spelled.startsWith("\\") ? " " : gap}${b}${name}`;
          const text = `${open}${sum} = ${operate(sign, a, b)}${name}${close}`;
          expect(verdicts(text), text).toEqual(["right"]);
        },
      ),
      { numRuns: 500 },
    );
  });
});
