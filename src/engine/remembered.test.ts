import { expect, it } from "vitest";
import { remembered } from "./remembered.ts";

it("computes what it was not asked for lately, and nothing else", () => {
  const asked: number[] = [];
  const square = remembered((n: number) => {
    asked.push(n);
    return n * n;
  });
  expect([square(3), square(4), square(3)]).toEqual([9, 16, 9]);
  expect(asked).toEqual([3, 4]);
  for (let n = 100; n < 9000; n += 1) {
    square(n);
  }
  asked.length = 0;
  expect(square(3)).toBe(9);
  expect(asked).toEqual([3]);
});
