import fc from "fast-check";
import { expect, it } from "vitest";
import { changedWords } from "./word-changes.ts";

it("marks the words that changed", () => {
  const { a, b } = changedWords("So 3 + 4 = 7 apples.", "So 3 + 4 = 8 apples.");
  expect(a.filter(({ isChanged }) => isChanged).map(({ text }) => text)).toEqual(["7"]);
  expect(b.filter(({ isChanged }) => isChanged).map(({ text }) => text)).toEqual(["8"]);
});

it("keeps every character", () => {
  const text = fc.array(fc.constantFrom("a", "b ", "\n", " ", "7", "é", "。", "-"), { maxLength: 30 });
  fc.assert(
    fc.property(text, text, (left, right) => {
      const { a, b } = changedWords(left.join(""), right.join(""));
      expect(a.map((part) => part.text).join("")).toBe(left.join(""));
      expect(b.map((part) => part.text).join("")).toBe(right.join(""));
    }),
  );
});

it("gives up on texts that have nothing in common, and marks nothing", () => {
  const many = (word: string) => Array.from({ length: 4000 }, (_, index) => `${word}${index}`).join(" ");
  const { a, b } = changedWords(many("x"), many("y"));
  expect([...a, ...b].some(({ isChanged }) => isChanged)).toBe(false);
});
