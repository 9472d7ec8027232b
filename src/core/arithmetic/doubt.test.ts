/** What the checker must not speak of: nothing here is sure, so nothing is right and nothing wrong. */
import { describe, expect, it } from "vitest";
import { checkStep } from "./check.ts";

describe("is not checked:", () => {
  it.each([
    "sqrt(9 + 16) = 5",
    "Distance = sqrt(3^2 + 4^2) = 5",
    "abs(3 - 5) = 2",
    "int(7/2) = 3",
    "round(7/2) = 4",
    "mean(3 + 5) = 4",
    "average (3 + 5) = 4",
    "phi(10) * 2 = 8",
    "area(3) * 2 = 18",
    "\\text{sqrt}(16) + 1 = 5",
    "\\operatorname{lcm}(4) + 1 = 5",
    "remainder 17/5 = 2",
    "norm(3 - 5) = 2",
    "sign(3 - 5) = -1",
    "trunc(7/2) = 3",
    "floor (7/2) = 3",
    "ceil (7/2) + 1 = 5",
    "sigma(6) + 1 = 13",
    "digits(12 + 34) = 10",
    "\\mathrm{lcm}(4 + 2) + 1 = 7",
    "\\operatorname{round}(7/2) = 4",
    "\\operatorname{tr} (2 + 3) + 1 = 4",
    "\\text{floor}\\left(7/2\\right) = 3",
    "3 * foo (4 + 5) = 12",
    "2 * sqrt(9 + 16) = 10",
    "perimeter (2 + 3) * 2 = 11",
    "g (2 * 3) = 12",
    "gcd (12 + 6) = 6",
    "the distance is sqrt(9 + 16) = 5",
    "double(3 + 4) = 14",
    "7 * 2 = 2 f(3 + 4)",
    "7 * 2 = 2 double (3 + 4)",
    "2 is (3 + 4) = 14",
    "half of (3 + 5) = 4",
    "twice (3 + 5) = 16",
  ])("a word in front of brackets may be a function: %s", (text) => {
    expect(checkStep(text)).toMatchObject({ status: "unchecked", findings: [] });
  });

  it.each([
    "200 + 5% = 210",
    "80 - 25% = 60 dollars",
    "300 - 15% = 255",
    "50 + 10% = 55",
    "80 - 25% = 55 dollars",
    "$50 - 20% = $30",
    "200 + 5% = 205",
    "5% of 200 = 1000",
    "10 / 50 = 0.2%",
    "50% * 50% = 2500%",
    "20% * 30% = 600",
    "1 + 5% = 6",
    "1 - 30% = -29%",
    "10 - 4 = 6%",
    "5% + 200 = 210",
    "60 + 10% = 66",
    "$60 + 8% tax = $64.80",
    "10% - 5 = 5",
    "5 * 3 = 15%",
    "100% - 30% = 70",
    "2 * 50% = 100",
    "30% of 50 = 15%",
    "50 - 20 = 30%",
  ])("a percentage of nothing named has no one reading: %s", (text) => {
    expect(checkStep(text)).toMatchObject({ status: "unchecked", findings: [] });
  });

  it.each([
    "20 + 4 = 4!",
    "3 + 3 = 3!",
    "5 = 2 + 3!",
    "n! - 2 + 4 = 2",
    "8 - 2 = 3!.",
    "4! + 1 = 25",
    "4 + 2 = (3)!",
    "6 = 3! * 1",
  ])("an exclamation mark may be a factorial: %s", (text) => {
    expect(checkStep(text)).toMatchObject({ status: "unchecked", findings: [] });
  });

  it.each([
    "0xFF + 1 = 0x100",
    "0x10 + 1 = 17",
    "0b11 + 1 = 4",
    "7 + 1 = 10 base 8",
    "1 + 1 = 10 in binary",
    "Working modulo 5, 2 * 3 = 1",
    "2 * 3 = 1, mod 5",
    "In base five, 3 + 4 = 12",
    "In hexadecimal, 8 + 8 = 10",
    "7 + 5 = 2 \\pmod{10}",
    "3 \\cdot 4 = 2 \\bmod 5",
    "In octal 7 + 1 = 10",
    "We work mod 7. Then 5 + 4 = 2.",
    "3 + 4 = 12 (base 5)",
    "Since 7 ≡ 2, 7 + 1 = 3",
    "in base $\\boxed{7}$, $44 \\times 55 = 3506$",
  ])("a step that speaks of bases or remainders: %s", (text) => {
    expect(checkStep(text)).toMatchObject({ status: "unchecked", findings: [] });
  });

  it.each([
    "11 PM + 3 = 2 AM",
    "9 + 5 = 2 pm",
    "10:30 + 2 = 12:30",
    "9 am + 5 hours = 2 pm",
    "8 + 6 = 2 o'clock",
    "At 9 o'clock, 9 + 5 = 2",
    "10:45 - 0:30 = 10:15",
    "9-5 = 8 hours",
  ])("hours of a clock: %s", (text) => {
    expect(checkStep(text)).toMatchObject({ status: "unchecked", findings: [] });
  });

  it.each([
    "3-5 apples = 4 apples",
    "10-20 = 11 numbers",
    "1990–2000 = 11 years",
    "1 - 10 = 10 numbers",
    "2-4 cups = 3 cups",
    "2019-2024 = 6 years",
    "12/25 - 12/20 = 5 days",
    "30 + 3 = 2 January",
    "Dec 30 + 3 = 2",
    "555-1234 = 555",
    "867-5309 = 1",
    "ISBN 978-3-16-148410-0 = 5",
  ])("ranges, dates and numbers that name: %s", (text) => {
    expect(checkStep(text)).toMatchObject({ status: "unchecked", findings: [] });
  });

  it.each([
    "Step 1 - 3 + 5 = 8",
    "Item 2 - 5 + 3 = 8",
    "2 - 3 + 5 = 8",
    "equations (1) + (2) = 10",
    "Subtract (2) - (1) = 3",
    "[2] - [1] = 4",
    "Eq. 3 + Eq. 4 = 12",
    "Eq. 3 + 4 = 12",
    "Fig. 3 + 4 = 8",
    "Row 2 - 3 = 5",
    "Chapter 3 + 4 = 7",
    "On day 1 * 2 = 20",
  ])("labels: %s", (text) => {
    expect(checkStep(text)).toMatchObject({ status: "unchecked", findings: [] });
  });

  it.each([
    "0.(3) * 3 = 1",
    "0.3(3) = 1/3",
    "0.1(6) = 1/6",
    "0.\\overline{3} * 3 = 1",
    "10/3 = 3.\\overline{3}",
    "1{.}5 + 1 = 2{.}5",
    "1{,}5 + 1 = 2{,}5",
    "1/2÷1/4 = 2",
    "3/1÷1/2 = 6",
    "1.500 + 500 = 2.000",
    "2.500 + 500 = 3.000",
    "3,500 * 2 = 7",
    "2 + 3 = 4 + ?",
    "2 + 3 = 4 + __",
    "2 + 3 = 4 + x",
    "(1, 2) + (3, 4) = (4, 6)",
    "[1, 2] + [3, 4] = [4, 6]",
    "|3 - 5| = 2",
    "|3 - 5| - 1 = 1",
    "|3 - 5| - 1 + 2 = 3",
    "⌊7/2⌋ = 3",
    "⌈7/2⌉ = 4",
    "C(5,2) = 10",
    "5C2 = 10",
    "5 choose 2 + 1 = 11",
    "two 3 + 4 = 15",
    "max(3, 5) - 2 + 1 = 4",
    "3:4 = 6:8",
    "6 : 3 + 1 = 3",
    "10 / 5 = 2 : 1",
    "x = 3 or 4 + 1 = 5",
    "3-2 = win",
    "30 * 29 * 28 / 3 * 2 * 1 = 4060",
    "3^25^2 = 15^2",
    "2^3^2 = 64",
    "-3^2 = 9",
    "3 + 4 = 7 * price",
    "25 * 4 = 10 0",
    "7 * 2 = 14 500",
  ])("notation that is not plain: %s", (text) => {
    expect(checkStep(text)).toMatchObject({ status: "unchecked", findings: [] });
  });

  it.each([
    "24 - 2xy = 36",
    "\\frac{d}{dx} 3 + 4 = 8",
    "1Dachshund + 1/4Papillon = 3/4Papillon",
    "1/2 xy = 26",
    "\\frac{1}{2} AB = 6",
    "\\frac{1}{2}ab = \\frac{1}{2}(3)(4)",
    "3 \\ast 10 = 2(3) + 5(10)",
    "4 * 3 = 2(4) + 3(3)",
    "2 * 6 = 2^6 + 6^2",
    "\\boxed{11} \\times \\boxed{20} = 2 \\times 6",
    "100 \\div 12 = 8 \\text{ R } 4",
    "500 \\div 13 = 13 \\cdot 38 + 6",
    "3 + 381 = 2 \\cdot 4^3 (4-1)",
    "1^2 +\n2^2 + 3^2 = 14",
    "5 + 3 = 4 +\n6",
    "1/4 \\cdot\n\\frac{5}{4} + 1 = 3",
  ])("LaTeX in which letters and signs mean other things: %s", (text) => {
    expect(checkStep(text)).toMatchObject({ status: "unchecked", findings: [] });
  });

  it.each([
    "5 cents + $3 = $3.05",
    "50 cents + $1 = $1.50",
    "$1 - 30 cents = 70 cents",
    "2 feet + 6 inches = 30 inches",
    "1 hour + 30 minutes = 90 minutes",
    "5 dimes + 3 nickels = 65 cents",
    "1 day + 6 hours = 30 hours",
    "2 weeks - 3 days = 11 days",
    "2 km + 500 m = 2500 m",
    "3ft + 6in = 42in",
    "1/4 = 25 cents",
    "2/3 = 20 of 30",
  ])("sums of units: %s", (text) => {
    expect(checkStep(text)).toMatchObject({ status: "unchecked", findings: [] });
  });

  it.each([
    "Is 2 + 2 = 5?",
    "Suppose 2 + 2 = 5.",
    "while (2 + 2 == 5)",
    "It is not true that 2 + 2 = 5.",
    "If 2 + 2 = 5, then",
    "3 + 4 = 8 is wrong",
    "1 + 2 = 4, which is impossible",
  ])("what is asked, supposed or denied: %s", (text) => {
    expect(checkStep(text)).toMatchObject({ status: "unchecked", findings: [] });
  });
});
