import { expect, it } from "vitest";
import { chooseWay, fastest, rememberSpeeds } from "./run-ways.ts";

it("knows the fastest of what was measured", () => {
  expect(fastest({ slow: 10, quick: 90, middling: 50 })).toBe("quick");
  expect(fastest({})).toBeUndefined();
});

it("keeps speeds when a choice is made and taken back, and the choice when speeds come in", () => {
  const measured = rememberSpeeds({}, "m", { a: 1 });
  const chosen = chooseWay(measured, "m", "a");
  expect(rememberSpeeds(chosen, "m", { b: 2 })).toEqual({ m: { speeds: { a: 1, b: 2 }, chosen: "a" } });
  expect(chooseWay(chosen, "m", undefined)).toEqual({ m: { speeds: { a: 1 } } });
});
