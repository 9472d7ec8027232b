import fc from "fast-check";
import { expect, it } from "vitest";
import { prettyJson } from "./pretty-json.ts";

const WHOLE = 1e6;

it("writes what JSON.stringify does", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(prettyJson(value, WHOLE)).toEqual({ text: JSON.stringify(value, null, 2), isCut: false });
    }),
  );
});

it("cut off, is the beginning of it, up to the limit", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(200), (value, limit) => {
      const whole = JSON.stringify(value, null, 2);
      const { text, isCut } = prettyJson(value, limit);
      expect(isCut).toBe(whole.length > limit);
      // A string cut through ends in its own way; what stands before the last four characters is the same.
      expect(whole.startsWith(text.slice(0, Math.max(0, Math.min(limit, text.length) - 6)))).toBe(true);
      expect(text.length).toBeLessThanOrEqual(limit);
    }),
  );
});

it("does not write out what nobody sees", () => {
  const long = "x".repeat(200_000_000);
  const list = { list: Array.from({ length: 1000 }, () => long) };
  // Whole, this would be longer than any string can be.
  expect(prettyJson(list, 20_000)).toMatchObject({ isCut: true });
});
