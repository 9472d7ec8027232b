import fc from "fast-check";
import { expect, it } from "vitest";
import { batchOrder } from "./batch-order.ts";
import type { ScoreRequest } from "./scorer.ts";

const requests = fc.array(
  fc.record({
    problem: fc.constantFrom("p", "q", "r"),
    steps: fc.array(fc.constantFrom("a", "b", "ab"), { minLength: 1, maxLength: 5 }),
  }),
  { maxLength: 12 },
);

/** Steps that both begin with; none when the problems differ. */
function shared(a: ScoreRequest | undefined, b: ScoreRequest): number {
  if (a === undefined || a.problem !== b.problem) {
    return 0;
  }
  const end = a.steps.findIndex((step, index) => step !== b.steps[index]);
  return end < 0 ? Math.min(a.steps.length, b.steps.length) : Math.min(end, b.steps.length);
}

it("scores every chain once", () => {
  fc.assert(
    fc.property(requests, (all) => {
      expect(batchOrder(all).sort((a, b) => a - b)).toEqual(all.map((_, index) => index));
    }),
  );
});

it("puts each chain right after the earlier one it shares most with", () => {
  fc.assert(
    fc.property(requests, (all) => {
      const sorted = batchOrder(all).map((index) => all[index] as ScoreRequest);
      for (const [index, one] of sorted.entries()) {
        const best = Math.max(0, ...sorted.slice(0, index).map((earlier) => shared(earlier, one)));
        expect(shared(sorted[index - 1], one)).toBe(best);
      }
    }),
  );
});
