import { describe, expect, it } from "vitest";
import { sentence } from "./sentence.ts";

const cut = (text: string) => sentence.pieces(text).map(({ start, end }) => text.slice(start, end));

describe("sentence", () => {
  it.each([
    ["a period", "We add. Then we halve.", ["We add.", "Then we halve."]],
    ["questions", "Is it? yes! No.", ["Is it?", "yes!", "No."]],
    [
      "closing quotes",
      'He said "no." Then "(yes.)" It ended.',
      ['He said "no."', 'Then "(yes.)"', "It ended."],
    ],
    ["emphasis", "**So x.** *Then* y.", ["**So x.**", "*Then* y."]],
    ["a number", "It is 3. The rest is 3.14. Done.", ["It is 3.", "The rest is 3.14.", "Done."]],
    ["a formula", "So $x = 1$. Now $y$.", ["So $x = 1$.", "Now $y$."]],
    [
      "a point with a letter's name",
      "Take the point A. Then draw B. We see C.",
      ["Take the point A.", "Then draw B.", "We see C."],
    ],
    ["a small variable", "So it is x. Everything fits.", ["So it is x.", "Everything fits."]],
    ["an answer of no", "Is it even? No. Wait.", ["Is it even?", "No.", "Wait."]],
    ["a line break", "We add.\nThen we halve.", ["We add.", "Then we halve."]],
    ["a blank line", "a\n \nb", ["a", "b"]],
    ["a CRLF blank line", "a\r\n\r\nb", ["a", "b"]],
    [
      "list items",
      "Cases:\n- one\n- two\n2. three\n# Four",
      ["Cases:", "- one", "- two", "2. three", "# Four"],
    ],
    ["CJK marks", "设x。那么y？是！「好。」完", ["设x。", "那么y？", "是！", "「好。」", "完"]],
    ["Arabic", "ما هذا؟ هذا عدد. انتهى.", ["ما هذا؟", "هذا عدد.", "انتهى."]],
    ["Hebrew", "זה מספר. זה הסוף.", ["זה מספר.", "זה הסוף."]],
    ["money", "It costs $5. That is $6 more.", ["It costs $5.", "That is $6 more."]],
  ])("cuts after %s", (_, text, steps) => {
    expect(cut(text)).toEqual(steps);
  });

  it.each([
    "It is 3.14 or 2.71 today.",
    "Use a prime, e.g. Two or i.e. That one.",
    "Ask Dr. Smith and Mrs. Jones vs. Them.",
    "By J. R. R. Tolkien and George W. Bush.",
    "In the U.S. Senate.",
    "At five p.m. Monday it ends.",
    "See Fig. 3 and Eq. (4) and No. 5 there.",
    "Hmm... Let me see… Maybe.",
    "Well, etc. and so on.",
    "Thus $x = 1. So y! Then$ holds.",
    "Thus $$x = 1. So\n\ny! Then$$ holds.",
    "We have 5! = 120 and n! is large.",
    "1. First we add.",
    "Step 1. First we add.",
    "See example.com/a.b there.",
    "A line\nthat goes on.",
    "It costs \\$5.00 a piece.",
  ])("does not cut %j", (text) => {
    expect(cut(text)).toEqual([text]);
  });

  it("does not take money for a formula", () => {
    expect(cut("I have $5. You have $6. Sum.")).toEqual(["I have $5.", "You have $6.", "Sum."]);
    expect(cut("A lone $x.\n\nThen y$ it is.")).toEqual(["A lone $x.", "Then y$ it is."]);
  });
});
