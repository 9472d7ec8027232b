import fc from "fast-check";
import { expect, it } from "vitest";
import { alignTokens } from "./align-tokens.ts";

/** GPT-2's byte-to-character table, built as its authors describe it: printable bytes first, the rest from 256 on. */
function byteLevel(text: string): string {
  const printable = (byte: number) =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
  const others = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !printable(byte));
  return [...new TextEncoder().encode(text)]
    .map((byte) => String.fromCodePoint(printable(byte) ? byte : 256 + others.indexOf(byte)))
    .join("");
}

it("places tokens on the characters they spell", () => {
  expect(alignTokens("a é", [..."a", byteLevel(" é")])).toEqual([
    [0, 1],
    [1, 3],
  ]);
  // One character in two tokens: both cover it.
  const [first = "", ...rest] = byteLevel("数");
  expect(alignTokens("数", [first, rest.join("")])).toEqual([
    [0, 1],
    [0, 1],
  ]);
  expect(alignTokens("😀", [byteLevel("😀")])).toEqual([[0, 2]]);
});

it("covers any text without a gap, however it is cut", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", minLength: 1 }),
      fc.array(fc.integer({ min: 1, max: 4 })),
      (text, cuts) => {
        const spelled = byteLevel(text);
        const tokens: string[] = [];
        for (let at = 0, cut = 0; at < spelled.length; cut += 1) {
          const length = cuts[cut % Math.max(cuts.length, 1)] ?? 2;
          tokens.push(spelled.slice(at, at + length));
          at += length;
        }
        const ranges = alignTokens(text, tokens);
        expect(ranges).toHaveLength(tokens.length);
        let covered = 0;
        for (const [start, end] of ranges ?? []) {
          expect(start).toBeLessThanOrEqual(covered);
          expect(end).toBeGreaterThan(start);
          covered = Math.max(covered, end);
        }
        expect(covered).toBe(text.length);
      },
    ),
  );
});

it("says nothing when the tokens do not spell the text", () => {
  expect(alignTokens("abc", ["ab"])).toBeUndefined();
  expect(alignTokens("abc", ["abcd"])).toBeUndefined();
  expect(alignTokens("▁a", ["▁", "a"])).toBeUndefined();
  expect(alignTokens("", [])).toEqual([]);
});
