import fc from "fast-check";
import { expect, it } from "vitest";
import {
  type CachedSequence,
  commonPrefix,
  type FedTokens,
  keptBy,
  planReuse,
  type WantedRead,
} from "./prefix-plan.ts";

const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })), {
  maxLength: 40,
});
const fed = pairs.map((all) => ({ ids: all.map(([id]) => id), nextIds: all.map(([, next]) => next) }));
const reads = fc.array(
  fc.nat({ max: 45 }).map((position): WantedRead => ({ position })),
  { maxLength: 6 },
);
/** A sequence that lost the logits of some positions. */
const sequence = fc.tuple(fed, fc.array(fc.nat({ max: 45 }), { maxLength: 3 })).map(
  ([tokens, lost]): CachedSequence => ({
    ...tokens,
    holds: ({ position }) => position < tokens.ids.length && !lost.includes(position),
  }),
);

const head = ({ ids, nextIds }: FedTokens, length: number) => [
  ids.slice(0, length),
  nextIds.slice(0, length),
];

it("finds the longest prefix that was fed alike", () => {
  fc.assert(
    fc.property(fed, fed, (a, b) => {
      const length = commonPrefix(a, b);
      expect(head(a, length)).toEqual(head(b, length));
      const isLonger = length < a.ids.length && length < b.ids.length;
      expect(isLonger && a.ids[length] === b.ids[length] && a.nextIds[length] === b.nextIds[length]).toBe(
        false,
      );
    }),
  );
});

it("keeps no position whose logits are asked for and gone", () => {
  fc.assert(
    fc.property(sequence, fed, reads, (cached, wanted, asked) => {
      const keep = keptBy(cached, wanted, asked);
      expect(head(cached, keep)).toEqual(head(wanted, keep));
      for (const read of asked.filter(({ position }) => position < keep)) {
        expect(cached.holds(read)).toBe(true);
      }
    }),
  );
});

it("never loses much of a sequence that there is memory to keep, and never computes what some sequence spares", () => {
  fc.assert(
    fc.property(
      fc.array(sequence, { maxLength: 4 }),
      fed,
      reads,
      fc.boolean(),
      (cached, wanted, asked, mayFork) => {
        const plan = planReuse(cached, wanted, asked, mayFork);
        const most = Math.max(0, ...cached.map((one) => keptBy(one, wanted, asked)));
        if (plan.kind === "fresh") {
          expect(cached.length === 0 || (most === 0 && mayFork)).toBe(true);
          return;
        }
        expect(plan.keep).toBe(most);
        const lost = (cached[plan.index]?.ids.length ?? 0) - plan.keep;
        if (plan.kind === "continue" && mayFork && plan.keep < wanted.ids.length) {
          expect(lost).toBeLessThanOrEqual(plan.keep / 4);
        }
        if (plan.kind === "fork") {
          expect(mayFork).toBe(true);
        }
      },
    ),
  );
});

it("does not keep a position that announced another next token", () => {
  const cached = { ids: [1, 2], nextIds: [2, 9], holds: () => true };
  expect(keptBy(cached, { ids: [1, 2, 3], nextIds: [2, 3, 9] }, [])).toBe(1);
});
