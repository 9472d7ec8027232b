import fc from "fast-check";
import { expect, it } from "vitest";
import { planPrefix } from "./prefix-plan.ts";

const fed = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), { maxLength: 8 })
  .map((pairs) => ({ ids: pairs.map(([id]) => id), nextIds: pairs.map(([, next]) => next) }));

it("keeps the cache whole exactly when it is a prefix of what is wanted", () => {
  fc.assert(
    fc.property(fed, fed, (cached, wanted) => {
      const head = {
        ids: wanted.ids.slice(0, cached.ids.length),
        nextIds: wanted.nextIds.slice(0, cached.ids.length),
      };
      const isPrefix = JSON.stringify(head) === JSON.stringify(cached);
      expect(planPrefix(cached, wanted)).toBe(isPrefix ? cached.ids.length : 0);
    }),
  );
});

it("does not keep a position that announced another next token", () => {
  expect(planPrefix({ ids: [1, 2], nextIds: [2, 9] }, { ids: [1, 2, 3], nextIds: [2, 3, 9] })).toBe(0);
});
