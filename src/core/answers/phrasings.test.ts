/** How chains of GSM8K and MATH end: what is read off them, and whether it is the reference answer. */
import { describe, expect, it } from "vitest";
import { isSameAnswer } from "./answer-key.ts";
import { type AnswerMark, extractAnswer, goldAnswer } from "./extract-answer.ts";

const RIGHT: readonly (readonly [text: string, gold: string, mark: AnswerMark])[] = [
  // GSM8K, marked.
  ["The answer is 10 pens.", "10", "sentence"],
  ["The answer is 10.", "10 pens", "sentence"],
  ["The answer is 12 cm^2.", "12", "sentence"],
  ["The answer is 12 square centimeters.", "12 cm²", "sentence"],
  ["The answer is 1,234.50 dollars.", "1234.5", "sentence"],
  ["The answer is 5 because 2+3=5.", "5", "sentence"],
  ["The answer is 5, since 2 + 3 = 5.", "5", "sentence"],
  ["The answer is (A) 5 apples.", "5", "sentence"],
  ["The answer is (A) 5 apples.", "A", "sentence"],
  ["So far so good.\n#### 1,234", "1234", "hashes"],
  ["48/2 = <<48/2=24>>24\n48+24 = <<48+24=72>>72\n#### 72", "#### 72", "hashes"],
  ["#### $18.00", "18", "hashes"],
  ["Final answer: **26**", "26", "sentence"],
  ["**Final Answer:** 26 bolts", "26", "sentence"],
  ["**Answer**: 26", "26", "sentence"],
  ["### Final Answer\n\n**26**", "26", "sentence"],
  ["**Answer:**\n26 dollars", "$26", "sentence"],
  ["<answer> 26 </answer>", "26", "tagged"],
  ["The answer to the question is 26 eggs in total.", "26", "sentence"],
  ["The answer is about the price.\n\nThe answer is 26.", "26", "sentence"],
  ["The answer is 26. Checking again, the answer is correct.", "26", "sentence"],
  ["I think the answer is 4, but I forgot the bag.\n\nSo the answer is 5.", "5", "sentence"],
  ["The answer is $5 + 5 = 10$.", "10", "sentence"],
  ["The final answer is 20%.", "20", "sentence"],
  ["The answer is 20 percent.", "20\\%", "sentence"],
  ["The answer is approximately 3.14.", "3.14", "sentence"],
  ["The answer is -7 degrees.", "-7", "sentence"],
  ["The answer is 2 1/2 hours.", "2.5", "sentence"],
  ["The answer is 3.5 million people.", "3500000", "sentence"],
  ["The answer is 3:30 PM.", "3:30 p.m.", "sentence"],
  ["The answer is 3:30 PM.", "3:30", "sentence"],
  ["The answer is 10 kilometers per hour.", "10 km/h", "sentence"],
  ["The answer is yes.", "Yes", "sentence"],
  ["The answer is No, he cannot buy it.", "no", "sentence"],
  ["The answer is: True", "true", "sentence"],
  ["The answer is Tom has 10 apples.", "10", "sentence"],
  ["The answer is 25°C.", "25", "sentence"],
  ["The answer is $25^\\circ\\text{C}$.", "25 degrees", "sentence"],
  // Choices.
  ["the answer is (B)", "B", "sentence"],
  ["The correct option is C.", "(C)", "sentence"],
  ["Answer: (D) none of these", "D", "sentence"],
  ["The answer is B because it is the largest.", "(B)", "sentence"],
  // MATH.
  ["Answer: $\\frac{1}{2}$", "0.5", "sentence"],
  ["The final answer is: $\\boxed{x=5}$", "5", "boxed"],
  ["Final Answer: The final answer is $\\frac{3}{4}$. I hope it is correct.", "\\dfrac34", "sentence"],
  ["So we have $\\boxed{\\frac{\\sqrt{3}}{2}}$.", "\\frac{\\sqrt3}{2}", "boxed"],
  ["First \\boxed{1}, no, \\boxed{2}.", "2", "boxed"],
  ["\\boxed{\\text{(E)}}", "E", "boxed"],
  ["\\boxed{(-\\infty, 2]}", "(-\\infty,2]", "boxed"],
  ["\\boxed{[1, 2)}", "\\left[1,2\\right)", "boxed"],
  ["\\boxed{\\left(3, \\frac{\\pi}{2}\\right)}", "(3,\\frac{\\pi}{2})", "boxed"],
  ["\\boxed{\\{1, 2, 3\\}}", "\\{1,2,3\\}", "boxed"],
  ["\\boxed{10{,}000}", "10,000", "boxed"],
  ["\\boxed{3 \\times 10^5}", "300000", "boxed"],
  ["\\boxed{6.02e3}", "6020", "boxed"],
  ["\\boxed{1.5 \\cdot 10^{-2}}", "0.015", "boxed"],
  ["\\boxed{90^\\circ}", "90", "boxed"],
  ["\\boxed{5 \\text{ cm}}", "5\\text{cm}", "boxed"],
  ["\\boxed{-\\frac{2}{4}}", "-1/2", "boxed"],
  ["\\boxed{2\\frac{1}{3}}", "7/3", "boxed"],
  ["\\boxed{x^2 + 2x + 1}", "x^2+2x+1", "boxed"],
  ["\\boxed{2\\pi}", "2π", "boxed"],
  ["\\boxed{\\$32.50}", "32.5", "boxed"],
  // Nothing marked: the last line.
  ["20 + 6 = 26.\n\n**26**", "26", "last-line"],
  ["He has 20 + 6.\n\n26", "26", "last-line"],
  ["20 + 6 = 26.", "26", "last-line"],
  ["There were 20.\n\nSo we get 26.", "26", "last-line"],
  ["So the total is 26.", "26", "last-line"],
  ["Thus, Mia has 26 apples left.", "26", "last-line"],
  ["So Mia has 20 + 6 = 26 apples.", "26", "last-line"],
  ["Therefore 20 + 6 makes 26.", "26", "last-line"],
  ["12 - 2 = **10**", "10", "last-line"],
  ["Step 3: So 10 apples are left.", "10", "last-line"],
  ["So the jacket costs 60 + 6 = $66 in the end.", "66", "last-line"],
  ["Hence the probability is $\\frac{3}{8}$.", "3/8", "last-line"],
  ["In total, he earned $1,250.75.", "1250.75", "last-line"],
  ["So in 2020 the total is 26.", "26", "last-line"],
  ["1. Add 20 and 6.\n2. So the total is 26.", "26", "last-line"],
  ["Thus the train arrives at 3:30 PM.", "3:30 PM", "last-line"],
  ["So the temperature is -7 degrees.", "-7", "last-line"],
  ["So it has 5 million people.", "5000000", "last-line"],
  ["26 pens.", "26", "last-line"],
];

describe("an answer that is right", () => {
  it.each(RIGHT)("in %j for %j", (text, gold, mark) => {
    const answer = extractAnswer(text);
    expect(answer?.mark).toBe(mark);
    expect(isSameAnswer(answer?.text ?? "", goldAnswer(gold)), answer?.text).toBe(true);
  });
});

describe("an answer that is another one", () => {
  it.each([
    ["The answer is 10 pens.", "10 cents"],
    ["The answer is $10.", "10 cents"],
    ["The answer is 10 red pens.", "10 blue pens"],
    ["The answer is (A) 5 apples.", "(B) 5 apples"],
    ["The answer is 7 empty seats and $986.", "7"],
    ["The answer is 2 or 3.", "2"],
    ["The answer is 5 dollars and fifty cents.", "5"],
    ["The answer is 5x.", "5"],
    ["The answer is 2 \\pi.", "2"],
    ["The answer is 3:30 PM.", "3:30 AM"],
    ["The answer is 3 hundred.", "3"],
    ["The answer is 10-15 pens.", "10"],
    ["The answer is 1:2.", "1"],
    ["The answer is x = 1; y = 2.", "1"],
    ["The answer is 2 (x + 1).", "2"],
    ["The answer is x squared plus 5.", "5"],
    ["The answer is x > 5.", "5"],
    ["The answer is Team 3.", "Table 3"],
    ["The answer is 2^5 ways.", "2"],
    ["\\boxed{(1, 2)}", "1"],
    ["\\boxed{x = 1, y = 2}", "1"],
    ["\\boxed{\\text{no solution}}", "no"],
    ["#### 1,234", "1"],
    ["So the total is 2.5.", "5"],
  ])("in %j for %j", (text, gold) => {
    const answer = extractAnswer(text);
    expect(answer).toBeDefined();
    expect(isSameAnswer(answer?.text ?? "", gold), answer?.text).toBe(false);
  });
});

describe("no answer at all", () => {
  it.each([
    "Now on to\n\nStep 3.",
    "So that was step 3.",
    "So we go on with Step 3.",
    "He moved there in 1998.",
    "So he was born in 1998.",
    "We do it in two steps:\n1.",
    "First:\n1. Add 20 and 6.",
    "20 + 6 = 26.\n\nGreat work!",
    "There are 26 pens.",
    "So x = 5 and y = 3.",
    "So 7 seats stay empty, and the tickets cost less.\nThus 7 seats and $986.",
    "So it is not 26.",
    "Check: 26 - 6 = 20.",
    "Wait, 20 + 6 = 27.",
    "Is it 26?",
    "So is it 26?",
    "So we have to try 26 or 27.",
    "The answer is correct.",
    "So the 3rd one is it.",
    "So x_1 is the root.",
    "Let me count to 10.",
    "##### 5",
  ])("in %j", (text) => {
    expect(extractAnswer(text)).toBeUndefined();
  });
});
