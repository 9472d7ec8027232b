import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasMarkup, splitMarkup } from "./markup.ts";

/** Every piece that is not prose, as `kind: body`. */
const found = (text: string) =>
  splitMarkup(text)
    .filter(({ kind }) => kind !== "text")
    .map(({ kind, body }) => `${kind}: ${text.slice(...body)}`);

describe("splitMarkup", () => {
  it.each([
    ["So $x^2 = 4$ holds.", ["inline-math: x^2 = 4"]],
    ["So \\(x^2\\) and \\[y\\] hold.", ["inline-math: x^2", "display-math: y"]],
    ["$$\nx = 1\n$$", ["display-math: \nx = 1\n"]],
    ["\\begin{align*}x &= 1\\end{align*}", ["display-math: \\begin{align*}x &= 1\\end{align*}"]],
    ["Use `a $b$ c` here, ``x`y``.", ["inline-code: a $b$ c", "inline-code: x`y"]],
    ["```python\nprint(1)\n```\nDone.", ["code-block: print(1)"]],
    ["Text\n~~~\n$x$\n~~~", ["code-block: $x$"]],
    ["```\nnever closed", ["code-block: never closed"]],
    ["It costs $5, then $7.", []],
    ["She saves 40 * 6 = $240 and 65 * 6 = $390 in it.", []],
    ["A discount of $80-$20 and 25% of $80, which is $20.", []],
    ["An escaped \\$5$ sign.", ["escaped: $"]],
    ["It costs \\$85 and \\\\$5.", ["escaped: $"]],
    ["The answer is **26 pens**.", ["bold: 26 pens"]],
    ["**Step 1:** add, (**then**) stop.", ["bold: Step 1:", "bold: then"]],
    ["2**3 is 8, and 2 ** 3 ** 2 is 512; a**b**c.", []],
    ["**Not\nover lines**, **nor $x$ in it**, ***, ** nor** this.", ["inline-math: x"]],
    [
      "So \\boxed{60} and \\boxed{\\frac{1}{2}\\text{ of it}}.",
      ["inline-math: \\boxed{60}", "inline-math: \\boxed{\\frac{1}{2}\\text{ of it}}"],
    ],
    ["\\boxed{18 rolls}, \\boxed{never, \\boxed{a\nb}", []],
    ["$\\boxed{60}$", ["inline-math: \\boxed{60}"]],
    ["One \\(never closed", []],
    ["One $never\nclosed$.", []],
    ["Empty $$ and ``.", []],
    ["`never closed", []],
    ["$a$ and $b$", ["inline-math: a", "inline-math: b"]],
    ["", []],
  ])("%j: %j", (text, pieces) => {
    expect(found(text)).toEqual(pieces);
    expect(hasMarkup(splitMarkup(text))).toBe(pieces.length > 0);
  });

  it("loses and doubles no character", () => {
    const part = fc.constantFrom(
      "$",
      "$$",
      "\\(",
      "\\)",
      "\\[",
      "\\]",
      "`",
      "```",
      "\n",
      " ",
      "x",
      "5",
      "\\",
      "~~~",
      "\\begin{align}",
      "\\end{align}",
      "**",
      "\\boxed{",
      "}",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const text = parts.join("");
        const pieces = splitMarkup(text);
        expect(pieces.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
        for (const { start, end, body } of pieces) {
          expect(start).toBeLessThan(end);
          expect(start <= body[0] && body[0] <= body[1] && body[1] <= end).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    "$a ",
    "$a$ ",
    "\\(",
    "\\[",
    "`",
    "``a",
    "$$",
    "```\n",
    "\\begin{align}",
    "$5 ",
    "~~~a\n",
    "**a ",
    "(**a`",
    "\\boxed{",
    "\\$",
  ])("ends for very many of %j", (mark) => {
    const text = mark.repeat(40_000);
    expect(splitMarkup(text).at(-1)?.end).toBe(text.length);
  });
});
