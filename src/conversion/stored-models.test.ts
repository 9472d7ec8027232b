import fc from "fast-check";
import { expect, it } from "vitest";
import { keyOf } from "./stored-models.ts";

it("names a model's folder by repository and dtype", () => {
  expect(keyOf("Gen-Verse/ReasonFlux-PRM-1.5B", "q4")).toBe("Gen-Verse--ReasonFlux-PRM-1.5B--q4");
});

it("makes of any name a plain file name", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (name) => {
      expect(keyOf(name, "q4")).toMatch(/^[\w+-][\w.+-]*--q4$|^--q4$/);
    }),
  );
});

it("gives two names two folders", () => {
  expect(keyOf("\u6a21\u578b", "q4")).not.toBe(keyOf("\u6a21\u7ec4", "q4"));
  expect(keyOf(".hidden", "q4")).toBe("+2Ehidden--q4");
});
