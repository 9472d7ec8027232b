import fc from "fast-check";
import katex from "katex";
import { describe, expect, it } from "vitest";
import { formulaSource } from "./formula-source.ts";

const texOf = (tex: string) => {
  const source = formulaSource(tex);
  return source.kind === "tex" ? source.tex : undefined;
};

describe("formulaSource", () => {
  it("keeps what stands behind a percent sign, which LaTeX takes for a comment", () => {
    expect(texOf("15% of 200 = 30")).toBe("15\\% of 200 = 30");
    expect(texOf("15\\% of 200")).toBe("15\\% of 200");
    expect(texOf("a \\\\% b")).toBe("a \\\\\\% b");
  });

  it.each([
    ["fractions in fractions", `${"\\frac{1}{".repeat(150)}x${"}".repeat(150)}`],
    ["roots in roots", `${"\\sqrt{".repeat(200)}x${"}".repeat(200)}`],
    ["brackets in brackets", `${"\\left(".repeat(60)}x${"\\right)".repeat(60)}`],
    ["environments in environments", `${"\\begin{matrix}".repeat(60)}x${"\\end{matrix}".repeat(60)}`],
    ["braces that never close", "{".repeat(1000)],
    ["a long one", "x+".repeat(2000)],
    ["a phantom", "\\phantom{secret}"],
    ["a macro that is never used", "\\def\\a{secret} x"],
    ["a step back", "secret\\kern-5em x"],
    ["a space back", "secret\\hspace{-5em} x"],
  ])("refuses %s, in words", (_, tex) => {
    expect(formulaSource(tex)).toMatchObject({ kind: "refused", why: expect.stringMatching(/^\S.*[^.]$/) });
  });

  it.each([
    "\\frac{1}{1+\\frac{1}{1+\\frac{1}{x}}}",
    "\\begin{aligned}a&=b\\\\c&=d\\end{aligned}",
    "\\text{a\\hspace{1em}b}",
  ])("lets %s be typeset", (tex) => {
    expect(texOf(tex)).toBe(tex);
  });

  it("never hides a digit or a letter of what is typeset", () => {
    const atom = fc.constantFrom(
      "7",
      "12",
      "x",
      "y",
      "%",
      "\\%",
      "\\$",
      "+",
      "=",
      "\\cdot ",
      " ",
      "\\text{ab }",
      "{,}",
    );
    const tex = fc.letrec<{ tex: string }>((tie) => ({
      tex: fc.oneof(
        { maxDepth: 4 },
        fc.array(atom, { minLength: 1, maxLength: 6 }).map((atoms) => atoms.join("")),
        fc.tuple(tie("tex"), tie("tex")).map(([a, b]) => `\\frac{${a}}{${b}}`),
        tie("tex").map((a) => `\\sqrt{${a}}+1`),
        tie("tex").map((a) => `\\left(${a}\\right)^{2}`),
        tie("tex").map((a) => `\\boxed{${a}}`),
      ),
    })).tex;
    const plain = (text: string) =>
      text.replace(/\\(?!text)[a-zA-Z]+|\\text/g, " ").replace(/[^0-9a-z%]/g, "");
    fc.assert(
      fc.property(tex, (one) => {
        const source = texOf(one);
        if (source !== undefined) {
          const html = katex.renderToString(source, { output: "html", throwOnError: true, strict: "ignore" });
          const drawn = html.replace(/<[^>]*>/g, "").replace(/[^0-9a-z%]/g, "");
          expect([...drawn].sort().join("")).toBe([...plain(one)].sort().join(""));
        }
      }),
    );
  });
});
