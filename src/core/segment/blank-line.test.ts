import { describe, expect, it } from "vitest";
import { blankLine } from "./blank-line.ts";

const cut = (text: string) => blankLine.pieces(text).map(({ start, end }) => text.slice(start, end));

describe("blank-line", () => {
  it.each([
    ["one blank line", "a\nb\n\nc", ["a\nb", "c"]],
    ["several", "\n\na\n\n\n\nb\n\n", ["a", "b"]],
    ["white space on the blank line", "a\n \t\u00a0\nb", ["a", "b"]],
    ["CRLF", "a\r\nb\r\n\r\nc", ["a\r\nb", "c"]],
    ["lone CR", "a\r\rb", ["a", "b"]],
  ])("cuts at %s", (_, text, steps) => {
    expect(cut(text)).toEqual(steps);
  });

  it.each([
    ["a fence", "a\n\n```py\nx\n\ny\n```\n\nb", ["a", "```py\nx\n\ny\n```", "b"]],
    ["a tilde fence", "~~~\nx\n\n```\n\ny\n~~~\n\nb", ["~~~\nx\n\n```\n\ny\n~~~", "b"]],
    ["a longer fence", "````\nx\n\n```\n\ny\n````\n\nb", ["````\nx\n\n```\n\ny\n````", "b"]],
    ["an indented fence", "- a\n  ```\n  x\n\n  y\n  ```\n\nb", ["- a\n  ```\n  x\n\n  y\n  ```", "b"]],
    ["display math", "So\n$$\nx\n\n= y\n$$\n\nb", ["So\n$$\nx\n\n= y\n$$", "b"]],
    ["math with a fence in it", "$$\n```\n\n$$\n\nb\n\n```", ["$$\n```\n\n$$", "b", "```"]],
    ["a fence with math in it", "```\n$$\n\n```\n\nb\n\nc", ["```\n$$\n\n```", "b", "c"]],
  ])("does not cut inside %s", (_, text, steps) => {
    expect(cut(text)).toEqual(steps);
  });

  it.each([
    ["a fence", "```py\nx\n\ny\n\nz", ["```py\nx", "y", "z"]],
    [
      "a fence with a later block",
      "```py\n\na\n\n$$\nb\n\nc\n$$\n\nd",
      ["```py\n\na", "$$\nb\n\nc\n$$", "d"],
    ],
    ["math", "it is $$ 5\n\nb\n\nc", ["it is $$ 5", "b", "c"]],
    ["escaped dollars", "\\$$ 5\n\nb $$ c", ["\\$$ 5", "b $$ c"]],
    ["a fence too short to close", "````\na\n\nb\n```\n\nc", ["````\na", "b\n```", "c"]],
    ["inline code of three backticks", "```x```\n\nb\n\n```", ["```x```", "b", "```"]],
  ])("falls back to cutting in unclosed %s", (_, text, steps) => {
    expect(cut(text)).toEqual(steps);
  });

  it.each([
    ["a heading", "## A\n\nb\n\nc", ["## A\n\nb", "c"]],
    ["headings in a row", "# A\n\n## B\n\n\nc", ["# A\n\n## B\n\n\nc"]],
    [
      "a bold heading",
      "**Case 1:**\n\nb\n\n**Case 2**:\n\nc\n\n**Step 3**\n\nd",
      ["**Case 1:**\n\nb", "**Case 2**:\n\nc", "**Step 3**\n\nd"],
    ],
    ["a lone fence", "```\n\nb\n\nc", ["```\n\nb", "c"]],
    ["a lone $$", "$$\n\nb\n\nc", ["$$\n\nb", "c"]],
  ])("joins %s to its successor", (_, text, steps) => {
    expect(cut(text)).toEqual(steps);
  });

  it.each([
    ["a heading at the end", "a\n\n# B", ["a", "# B"]],
    ["a heading with text under it", "# A\nb\n\nc", ["# A\nb", "c"]],
    ["a bold result", "**x = 5**\n\nb", ["**x = 5**", "b"]],
    ["two bold words", "**a** and **b:**\n\nc", ["**a** and **b:**", "c"]],
    ["a hashtag", "#a\n\nb", ["#a", "b"]],
  ])("leaves %s alone", (_, text, steps) => {
    expect(cut(text)).toEqual(steps);
  });
});
