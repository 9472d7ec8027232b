import fc from "fast-check";
import { expect, it } from "vitest";
import { paper } from "./paper.ts";

const cut = (text: string) => paper.pieces(text).map(({ start, end }) => text.slice(start, end));

it.each([
  ["a\nb\n\nc", ["a\nb", "c"]],
  ["a\n\n\nb\n\n\n\n c ", ["a", "b", "c"]],
  ["a\n \nb", ["a\n \nb"]],
  ["a\r\n\r\nb", ["a\r\n\r\nb"]],
  ["# A\n\n```\nx\n\ny\n```", ["# A", "```\nx", "y\n```"]],
])("cuts %j as the reference code does", (text, steps) => {
  expect(cut(text)).toEqual(steps);
});

it("equals split, trim and drop", () => {
  const texts = fc.array(fc.constantFrom("a", "\n", "\n\n", " ", "\r"), { maxLength: 30 });
  fc.assert(
    fc.property(texts, (parts) => {
      const text = parts.join("");
      const reference = text.split("\n\n").map((step) => step.trim());
      expect(cut(text)).toEqual(reference.filter((step) => step !== ""));
    }),
  );
});
