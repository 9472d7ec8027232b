import fc from "fast-check";
import { expect, it } from "vitest";
import { overlapping } from "./overlapping.ts";

it("finds what looking at all of them finds", () => {
  const sorted = fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.boolean()), { maxLength: 12 }).map((steps) => {
    let [start, end] = [0, 0];
    return steps.map(([gap, width, isJoined]) => {
      // Bytes of one character are tokens that share a place.
      start = isJoined ? start : end + gap;
      end = Math.max(end, start + width);
      return { start, end };
    });
  });
  fc.assert(
    fc.property(sorted, fc.nat(30), fc.nat(30), (all, first, last) => {
      expect(overlapping(all, first, last)).toEqual(
        all.filter(({ start, end }) => start < last && end > first),
      );
    }),
  );
});
