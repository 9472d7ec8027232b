import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkStep } from "./check.ts";

/** The verdicts on a text's equations, in order. */
const verdicts = (text: string) => checkStep(text).findings.map(({ verdict }) => verdict);

it("ends where the equation does, not in the sentence behind it", () => {
  const text = "We have 17 × 24 = 398 of them.";
  const [finding] = checkStep(text).findings;
  expect(finding && text.slice(finding.start, finding.end)).toBe("17 × 24 = 398");
});

describe("what is recomputed", () => {
  it.each([
    ["17 × 24 = 408", "right"],
    ["17 × 24 = 398", "wrong"],
    ["50 x 1.20 = $60", "right"],
    ["8*9=72", "right"],
    ["5x3=15", "right"],
    ["(1/3 \\times 18 = 6) flamingos", "right"],
    ["$18 \\div 3 = 6$", "right"],
    ["280 ÷ 10 = 28", "right"],
    ["$\\frac{3}{4} + \\dfrac{1}{4} = 1$", "right"],
    ["\\frac{1 + 2}{\\frac{1}{2}} = 6", "right"],
    ["((2 + 3) * 4 − (1)) = 19", "right"],
    ["\\left(2 + 3\\right)^2 = 25", "right"],
    ["3² + 4² = 25", "right"],
    ["2^{10} = 1024 and 5**2 = 26", "right,wrong"],
    ["(-2)^3 = -8", "right"],
    ["1,000 * 3 = 3,000", "right"],
    ["1{,}000 \\cdot 3 = 3{,}001", "wrong"],
    ["0.1 + 0.2 = 0.3", "right"],
    ["25% of 80 = 20", "right"],
    ["80 * 25% = 20", "right"],
    ["20 / 80 * 100 = 25%", "right"],
    ["100% - 25% = 75%", "right"],
    ["3/4 = 80%", "wrong"],
    ["1/2 of 410 = 205", "right"],
    ["5 apples + 3 apples = 9 apples", "wrong"],
    ["12 \\text{ m} \\times 3 = 36 \\text{ m}", "right"],
    ["4 boxes * 15 pens per box = 60 pens", "right"],
    ["x = 3 + 4 = 7 = 9 - 2", "right,right"],
    ["3 + 4\n= 7", "right"],
    ["a &= 3 + 4 \\\\ &= 8", "wrong"],
    ["3 + 4 = \\boxed{8}", "wrong"],
    ["12 × 3 = 18 × 3", "wrong"],
    ["2(3 + 4) = 14", "right"],
    ["- 3 + 4 = 7", "right"],
    ["-3 + 4 = 1", "right"],
    ["* 3 + 4 = 7", "right"],
    ["1. 3 + 4 = 7", "right"],
    ["2) 3 + 4 = 7", "right"],
    ["**3 + 4 = 7**", "right"],
    ["10 - 3 = 7 - so 7 are left", "right"],
    ["7 * 2 = 14 (7 each)", "right"],
    ["7 * 2 = 15 of them", "wrong"],
    ["the 3 buses have 3 * 48 = 144 seats", "right"],
    ["4 * 15 = 60 and 2 * 4 = 9", "right,wrong"],
    ["2 hours = 2 * 60 = 120 minutes", "right"],
    ["68 * 25 = 1700 cents = $17", "right"],
    ["300 rolls * 4 inches/roll = 1200 inches", "right"],
    ["20 packets * $40/packet = $801", "wrong"],
    ["138 pounds of bamboo * 7 days = 966 pounds", "right"],
    ["4 pink x 2 = 8 blue ones", "right"],
    ["he made a 10/100 * $40 = $5 loss", "wrong"],
    ["(2/5) * 500cm³ = 200cm³", "right"],
    ["60 / 3/4 = 80", "right"],
    ["13 / 6 = 2 full cycles", "rounded"],
    ["so he makes 15 * 4 = $60 a week", "right"],
    ["7 * 60 = 420 + 23 = 443", "right"],
  ])("%s: %s", (text, expected) => {
    expect(verdicts(text).join(",")).toBe(expected);
  });

  it.each([
    ["1/3 = 0.33", "rounded"],
    ["2/3 = 0.66", "rounded"],
    ["2/3 = 0.67", "rounded"],
    ["2/3 = 0.68", "wrong"],
    ["1/3 ≈ 0.33", "rounded"],
    ["10/3 \\approx 3", "rounded"],
    ["10/3 = 3", "wrong"],
    ["7/2 = 4", "wrong"],
    ["100/3 = 33", "rounded"],
    ["17 * 24.5 = 417", "rounded"],
    ["1.5 * 1.5 = 2.3", "rounded"],
    ["2.5 * 3 = 7.4", "wrong"],
    ["48 * 52 ≈ 2500", "rounded"],
    ["2000 / 75 = 26.666666666666668", "rounded"],
    ["48 * 52 ≈ 2700", "wrong"],
    ["2 * 3 ≈ 6", "rounded"],
    ["2/3 * 100 = 0.667 * 100 = 66.7", "rounded,right"],
  ])("rounding, %s: %s", (text, expected) => {
    expect(verdicts(text).join(",")).toBe(expected);
  });

  it.each([
    "x = 5",
    "2x + 3 = 7",
    "3 + 4 = 7x",
    "3 + 4 = 8 * price",
    "the price * 3 = 12",
    "the sum of 3 and 4 = 7",
    "half of 3 * 4 = 12 + 1",
    "7 = 1 mod 3",
    "3 * 4 = 13 mod 2",
    "f(3) = 9",
    "gcd(12, 18) = 6",
    "sqrt(16) + 2 = 6",
    "sqrt 16 + 2 = 6",
    "abs(-3) + 2 = 5",
    "round(2.6) + 1 = 4",
    "ceiling(7/2) = 4",
    "fib(7) - 3 = 10",
    "\\operatorname{fib}(7) - 3 = 10",
    "g\\left(2\\right) + 1 = 4",
    "the sum 3 + 4 = 8",
    "log_2 8 = 3",
    "5! = 120",
    "1 + 2 + ... + 10 = 55",
    "\\sqrt{16} = 4 + 1",
    "√16 = 4 + 1",
    "2\\frac{1}{2} + 1 = 3.5",
    "6/2(1 + 2) = 9",
    "1.5e3 + 1 = 2",
    "12/05/2024 = 3",
    "1/0 = 3",
    "9^9^9^9 = 5",
    "3 + 4 = ?",
    "3 + 4 <= 5",
    "if a == b",
    "1 hour = 60 minutes",
    "3,5 + 1 = 4,5",
    "1/4 of the tank's capacity = 18000 / 4",
    "Area of 1 room = 11 * 11",
    "Week 3 + Week 4 = 48 + 48",
    "Weeks 1-2 = 96 - 70",
    "25 pupils + his 2 teachers = 27",
    "4 pounds - 6 ounces = 58 ounces",
    "17/3 = 5 and 2/3",
    "3/3 - 2/3 = 1/3 of $150",
    "0900-0130 = 0730",
    "100 + (10 * 2 = 120",
    "14, 400 / 80 = 180",
    "20/240 = 8.333...%",
    "100 / 5/2 = 10",
    "",
  ])("is never said to be right or wrong: %s", (text) => {
    expect(checkStep(text)).toMatchObject({ status: "unchecked", findings: [] });
  });

  it.each([
    ["3 + 4 = 7, and the rest is y = 12.", 1],
    ["10% of 50 = 5 and 20% of 50 = 11", 1],
    ["3 * 4 = 12, and then 14, 400 / 80 = 180", 1],
  ])("is right in part where not all is checked: %s", (text, uncheckedCount) => {
    expect(checkStep(text)).toMatchObject({ status: "partly", uncheckedCount });
  });

  it("needs no check of a sign that only names what is computed", () => {
    expect(checkStep("x = 3 + 4 = 7")).toMatchObject({ status: "right", uncheckedCount: 0 });
    expect(checkStep("Total = 2 * 3 = 6 apples")).toMatchObject({ status: "right", uncheckedCount: 0 });
    expect(checkStep("2 + y = 3 + 4 = 7")).toMatchObject({ status: "partly", uncheckedCount: 1 });
  });

  it("says what it is, and where", () => {
    const text = "So we have $17 \\times 24 = 398$ seats, and 12 = 3 * 4 = 13.";
    const { status, findings, uncheckedCount } = checkStep(text);
    expect(status).toBe("wrong");
    expect(findings).toMatchObject([
      { equation: "17 × 24 = 398", leftValue: "408" },
      { verdict: "right", equation: "12 = 3 * 4" },
      { verdict: "wrong", equation: "3 * 4 = 13", leftValue: "12" },
    ]);
    expect(uncheckedCount).toBe(0);
    expect(text.slice(findings[0]?.start, findings[0]?.end)).toBe("17 \\times 24 = 398");
  });
});

describe("laws", () => {
  const whole = fc.integer({ min: -999, max: 9999 });
  const written = (value: number) => (value < 0 ? `(${value})` : String(value));

  it("a true sum, difference or product is right, any other whole result wrong", () => {
    fc.assert(
      fc.property(
        whole,
        whole,
        fc.constantFrom("+", "-", "*"),
        fc.integer({ min: -9, max: 9 }),
        (a, b, op, off) => {
          const exact = op === "+" ? a + b : op === "-" ? a - b : a * b;
          const text = `So it is ${written(a)} ${op} ${written(b)} = ${exact + off} in all.`;
          expect(verdicts(text)).toEqual([off === 0 ? "right" : "wrong"]);
        },
      ),
    );
  });

  it("never throws, and places every finding on the text", () => {
    const piece = fc.constantFrom(
      ..."1 23 4.5 1,000 + - * / ^ ** × ÷ = ≈ ( ) { } $ % \\frac \\times \\text{m} of x and apples . , \n \\\\ & ² ! :".split(
        " ",
      ),
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join("");
        for (const { start, end, equation } of checkStep(text).findings) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(text.slice(start, end)).toMatch(/=|≈/);
          expect(equation).not.toBe("");
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["brackets", `${"(".repeat(50_000)}1 = 1 + 1`],
    ["powers", `${"9^".repeat(20_000)}9 = 1`],
    ["signs", `${"-".repeat(50_000)}1 = 1 + 1`],
    ["equals signs", "1+1=".repeat(20_000)],
    ["digits", `${"9".repeat(100_000)} * 2 = 1`],
    ["factors", `${"99999*".repeat(20_000)}1 = 1`],
    ["words", `3 ${"apples ".repeat(20_000)} = 1 + 2`],
  ])("ends for very many %s", (_what, text) => {
    expect(() => checkStep(text)).not.toThrow();
  });
});

describe("the chains of the gallery", () => {
  const folder = new URL("../../gallery/chains/", import.meta.url);
  const wrong = readdirSync(folder).flatMap((file) => {
    const { chain } = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as { chain: string[] };
    return chain.flatMap((line) =>
      checkStep(line)
        .findings.filter(({ verdict }) => verdict === "wrong")
        .map(({ equation, leftValue }) => `${file}: ${equation}: ${leftValue}`),
    );
  });
  it("have exactly the wrong sums they were written with", () => {
    expect(wrong).toEqual([
      "apples-carried.json: 15 * 24 = 340: 360",
      "paint-think-wrong.json: 6 * 12 = 62: 72",
      "rice-profit.json: 60 - 50 = $11: 10",
      "savings-line.json: 630 - 120 = $410: 510",
      "trip-long.json: 128 * 7 = $886: 896",
      "typing-recovered.json: 30 * 7 = 240: 210",
    ]);
  });
});
