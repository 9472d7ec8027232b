import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AggregateInput } from "./aggregate.ts";
import { AGGREGATES, type AggregateId, ALPHA, disagreement } from "./index.ts";

const BASE = { rewardRange: [0, 1], alpha: ALPHA.default, useSteps: true, useTrajectory: true } as const;

function scoreOf(id: AggregateId, input: Partial<AggregateInput>): number | undefined {
  return AGGREGATES.find((aggregate) => aggregate.id === id)?.compute({ ...BASE, rewards: [], ...input })
    ?.value;
}

const reward = fc.double({ min: 0, max: 1, noNaN: true });
const rewards = fc.array(reward, { minLength: 1, maxLength: 50 });
/** What lies between the least and the greatest reward, unlike the product and ReasonFlux's sum. */
const BETWEEN = ["min", "geometric-mean", "mean", "last"] as const;

describe("rewards from -1 to 1", () => {
  const PURE = { ...BASE, rewardRange: [-1, 1], useTrajectory: false, rewards: [-0.5, 0.2] } as const;
  const resultOf = (id: AggregateId) => AGGREGATES.find((aggregate) => aggregate.id === id)?.compute(PURE);

  it("keep their range where the aggregate is one of them or their mean, and are no factors", () => {
    expect(resultOf("min")).toMatchObject({ value: -0.5, range: [-1, 1] });
    expect(resultOf("last")).toMatchObject({ value: 0.2, range: [-1, 1] });
    expect(resultOf("mean")).toMatchObject({ value: expect.closeTo(-0.15, 12), range: [-1, 1] });
    expect(resultOf("reasonflux")).toMatchObject({ value: expect.closeTo(-0.15, 12), range: [-1, 1] });
    expect(resultOf("product")).toBeUndefined();
    expect(resultOf("geometric-mean")).toBeUndefined();
  });

  it("are below a threshold in their own range", () => {
    const { below, notBelow } = disagreement(PURE, 0);
    expect(below).toMatchObject([
      { id: "min", normalised: 0.25 },
      { id: "mean", normalised: expect.closeTo(0.425, 12) },
      { id: "reasonflux" },
    ]);
    expect(notBelow).toMatchObject([{ id: "last", normalised: 0.6 }]);
  });
});

describe.each(AGGREGATES.map((aggregate) => [aggregate.id, aggregate] as const))("%s", (id, aggregate) => {
  it("has no value without rewards", () => {
    expect(aggregate.compute({ ...BASE, rewards: [], trajectoryReward: 0.5 })).toBeUndefined();
  });

  it("keeps within its range and shows finite terms", () => {
    const settings = fc.record({
      rewardRange: fc.constant([0, 1] as const),
      rewards,
      trajectoryReward: reward,
      alpha: fc.double({ min: ALPHA.min, max: ALPHA.max, noNaN: true }),
      useSteps: fc.boolean(),
      useTrajectory: fc.boolean(),
    });
    fc.assert(
      fc.property(settings, (input) => {
        const result = aggregate.compute(input);
        if (result === undefined) {
          expect(id).toBe("reasonflux");
          expect(input.useSteps).toBe(false);
          return;
        }
        expect(result.value).toBeGreaterThanOrEqual(result.range[0]);
        expect(result.value).toBeLessThanOrEqual(result.range[1]);
        expect(result.range[1]).toBeGreaterThan(result.range[0]);
        expect(result.terms.length).toBeGreaterThan(0);
        expect(result.terms.filter(({ value }) => !Number.isFinite(value))).toEqual([]);
      }),
    );
  });

  it("gives the reward itself for a single step", () => {
    const value = aggregate.compute({ ...BASE, useTrajectory: false, rewards: [0.37] })?.value;
    expect(value).toBeCloseTo(0.37, 14);
  });

  it("never falls when a reward rises", () => {
    fc.assert(
      fc.property(rewards, fc.nat(), reward, (before, place, raised) => {
        const index = place % before.length;
        const after = before.with(index, Math.max(raised, before[index] ?? 0));
        const low = scoreOf(id, { rewards: before, trajectoryReward: 0.5 }) ?? Number.NaN;
        const high = scoreOf(id, { rewards: after, trajectoryReward: 0.5 }) ?? Number.NaN;
        expect(high).toBeGreaterThanOrEqual(low - 1e-12);
      }),
    );
  });
});

describe.each(BETWEEN)("%s", (id) => {
  it("lies between the least and the greatest reward", () => {
    fc.assert(
      fc.property(rewards, (values) => {
        const value = scoreOf(id, { rewards: values });
        expect(value).toBeGreaterThanOrEqual(Math.min(...values));
        expect(value).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
  });

  it("gives equal rewards back exactly", () => {
    expect(scoreOf(id, { rewards: [0.1, 0.1, 0.1] })).toBe(0.1);
  });
});

describe("numbers computed by hand", () => {
  const input = { rewards: [0.9, 0.1, 0.8, 0.6], trajectoryReward: 0.7 };
  it.each([
    ["min", 0.1],
    ["product", 0.0432],
    // 0.0432 ** (1 / 4)
    ["geometric-mean", 0.4559014],
    ["mean", 0.6],
    ["last", 0.6],
    ["reasonflux", 1.3],
  ] as const)("%s is %d", (id, expected) => {
    expect(scoreOf(id, input)).toBeCloseTo(expected, 6);
  });

  it("keeps an exact 0", () => {
    expect(scoreOf("product", { rewards: [0.5, 0, 0.5] })).toBe(0);
    expect(scoreOf("geometric-mean", { rewards: [0.5, 0, 0.5] })).toBe(0);
  });

  it("takes 2,000 rewards of 0.5, whose product is no double", () => {
    const many = new Array<number>(2000).fill(0.5);
    expect(scoreOf("geometric-mean", { rewards: many })).toBe(0.5);
    const product = AGGREGATES.find(({ id }) => id === "product")?.compute({ ...BASE, rewards: many });
    expect(product?.value).toBe(0);
    expect(product?.terms[0]?.value).toBeCloseTo(-2000 * Math.LN2, 6);
  });

  it("takes more rewards than a call has arguments", () => {
    const many = new Array<number>(300_000).fill(0.5);
    for (const { id } of AGGREGATES) {
      expect(scoreOf(id, { rewards: many, trajectoryReward: 0.5 })).toBeDefined();
    }
  });
});

describe("reasonflux", () => {
  const input = { ...BASE, rewards: [0.2, 0.4], trajectoryReward: 0.5, alpha: 1.5 };
  const compute = (change: Partial<AggregateInput>) =>
    AGGREGATES.find(({ id }) => id === "reasonflux")?.compute({ ...input, ...change });

  it("adds the weighted trajectory reward to the mean", () => {
    const result = compute({});
    expect(result?.value).toBeCloseTo(1.05, 12);
    expect(result?.terms.map(({ value }) => value)).toEqual([expect.closeTo(0.3, 12), 0.75]);
    expect(result?.range).toEqual([0, 2.5]);
  });

  it("drops a term that is switched off", () => {
    expect(compute({ useTrajectory: false })).toMatchObject({
      value: expect.closeTo(0.3, 12),
      range: [0, 1],
    });
    expect(compute({ useSteps: false })).toMatchObject({ value: 0.75, range: [0, 1.5] });
    expect(compute({ useSteps: false })?.terms).toHaveLength(1);
  });

  it("has no value when nothing carries weight", () => {
    expect(compute({ useSteps: false, useTrajectory: false })).toBeUndefined();
    expect(compute({ useSteps: false, alpha: 0 })).toBeUndefined();
  });

  it("needs the trajectory reward only while it counts", () => {
    const bare = { ...BASE, rewards: [0.2, 0.4] };
    expect(scoreOf("reasonflux", bare)).toBeUndefined();
    expect(scoreOf("reasonflux", { ...bare, useTrajectory: false })).toBeCloseTo(0.3, 12);
  });
});

describe("disagreement", () => {
  it("names who is below and who is not", () => {
    const { below, notBelow, disagrees } = disagreement(
      { ...BASE, rewards: [0.9, 0.1, 0.9], trajectoryReward: 0.9 },
      0.5,
    );
    // 0.081, its cube root 0.433, mean 0.633, ReasonFlux (0.633 + 0.9) / 2.
    expect(below.map(({ id }) => id)).toEqual(["min", "product", "geometric-mean"]);
    expect(notBelow.map(({ id }) => id)).toEqual(["mean", "last", "reasonflux"]);
    expect(notBelow[2]?.normalised).toBeCloseTo(0.766667, 6);
    expect(disagrees).toBe(true);
  });

  it("compares by the range, not by the raw value", () => {
    // ReasonFlux is 0.8 of 2 here: above 0.5 as it stands, below it as a share.
    const { below } = disagreement({ ...BASE, rewards: [0.4], trajectoryReward: 0.4 }, 0.5);
    expect(below.map(({ id }) => id)).toContain("reasonflux");
  });

  it("counts a value at the threshold as not below", () => {
    expect(disagreement({ ...BASE, rewards: [0.5] }, 0.5)).toMatchObject({ below: [], disagrees: false });
  });

  it("leaves out who cannot be computed", () => {
    expect(disagreement({ ...BASE, rewards: [] }, 0.5)).toEqual({
      below: [],
      notBelow: [],
      disagrees: false,
    });
    const { notBelow } = disagreement({ ...BASE, rewards: [0.9] }, 0.5);
    expect(notBelow.map(({ id }) => id)).not.toContain("reasonflux");
  });
});
