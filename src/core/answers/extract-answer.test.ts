import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { segmentTrace } from "../segment/index.ts";
import { readAnswer } from "./answer-key.ts";
import { answerOf, extractAnswer } from "./extract-answer.ts";

describe("four hashes", () => {
  it.each([
    ["2 + 3 = 5\n\n#### Step 2: conclude\n\nThe answer is 5.", "5"],
    ["It is 7.\n#### 7", "7"],
    ["#### $1,200\nGood.", "$1,200"],
    ["The capital:\n#### Paris", "Paris"],
  ])("of %j mark %s, and headings nothing", (text, answer) => {
    expect(extractAnswer(text)?.text).toBe(answer);
  });
});

describe("boxes", () => {
  it.each(["\\boxed{5} and so \\boxed{}", "So \\boxed 5.", "\\boxed{ 5 }"])("%s holds 5", (text) => {
    expect(extractAnswer(text)).toEqual({ text: "5", mark: "boxed" });
  });
});

describe("extractAnswer", () => {
  it.each([
    ["So \\boxed{42}.", "42", "boxed"],
    ["\\boxed{1} then \\boxed{\\frac{1}{2}}", "\\frac{1}{2}", "boxed"],
    ["\\boxed{\\{1, 2\\}}", "\\{1, 2\\}", "boxed"],
    ["\\fbox{no} \\boxed {x^{2^{3}}}", "x^{2^{3}}", "boxed"],
    ["The answer is 7. \\boxed{8}", "8", "boxed"],
    ["60 pens\n#### 60", "60", "hashes"],
    ["#### 1,000\n", "1,000", "hashes"],
    ["The answer is 3.5.", "3.5", "sentence"],
    ["Therefore, the final answer is: **$11**. Done.", "$11", "sentence"],
    ["Answer: (B)", "(B)", "sentence"],
    ["the answer is 4\nthe answer is 5", "5", "sentence"],
  ])("finds in %j %j", (text, answer, mark) => {
    expect(extractAnswer(text)).toEqual({ text: answer, mark });
  });

  it.each([
    "There are 60 pens.",
    "",
    "\\boxed{never closed",
    "\\boxed{}",
    "##### 5",
    "#### ",
    "What is the answer?",
    "The answer is",
  ])("finds nothing in %j", (text) => {
    expect(extractAnswer(text)).toBeUndefined();
  });

  it("looks past a box that is never closed", () => {
    expect(extractAnswer("\\boxed{ {  and then \\boxed{5}")?.text).toBe("5");
  });

  it("never throws and takes what the text holds", () => {
    const text = fc
      .array(fc.constantFrom("\\boxed{", "}", "{", "\\", "answer is ", "#### ", "7", ".", "\n", "**"), {
        maxLength: 40,
      })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (one) => {
        const answer = extractAnswer(one);
        if (answer !== undefined) {
          expect(answer.text).not.toBe("");
          expect(one.replaceAll("**", "")).toContain(answer.text);
        }
      }),
    );
  });

  it.each([" ", "answer\n", "answer ", "answer is ", ", ", "1,", "$", "**"])(
    "ends soon on many of %j, however long the text",
    (part) => {
      const text = part.repeat(100_000);
      // Quadratic work would be 10^10 comparisons here: the runner's own limit ends it.
      expect(() => readAnswer(extractAnswer(text)?.text ?? text)).not.toThrow();
    },
  );

  it("ends soon on braces that never balance", () => {
    expect(extractAnswer("\\boxed{".repeat(20_000))).toBeUndefined();
  });
});

describe("answerOf", () => {
  const cut = (chain: string) => segmentTrace({ problem: "", chain, strategy: "blank-line" });

  it("does not take what was said while thinking", () => {
    expect(answerOf(cut("<think>\nSo the answer is 4.\n\nWait.\n</think>\n\nThe answer is 5."))?.text).toBe(
      "5",
    );
    expect(answerOf(cut("<think>\nSo the answer is 4."))).toBeUndefined();
  });
});
