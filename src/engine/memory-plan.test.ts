import { describe, expect, it } from "vitest";
import type { CacheShape } from "./key-value/cache-shape.ts";
import { assertFits, type DeviceMemory, planMemory } from "./memory-plan.ts";

/** Qwen2.5-7B in 16 bits: 28 layers, 4 key-value heads of 128, so 56 KiB a position. */
const SHAPE: CacheShape = {
  names: Array.from({ length: 28 }, (_, layer) => [`${layer}.key`, `${layer}.value`]).flat(),
  layout: "head-major",
  heads: 4,
  width: 128,
  type: "float16",
};
const WIDTHS = { heads: 28, intermediate: 18_944 };
const ROOMY: DeviceMemory = { budget: 8e9, largestBuffer: 2e9, copiesInPass: 1, holdsWeights: false };
const MIB = 2 ** 20;

describe("memory plan", () => {
  it("lets a prompt be as long as the model's context where there is room", () => {
    expect(planMemory(SHAPE, WIDTHS, ROOMY, 32_768).longest).toBe(32_768);
  });

  it("counts the keys and values of every layer, and every copy of them", () => {
    const tight = { ...ROOMY, budget: 1e9 };
    // Three quarters of a gigabyte over 56 KiB.
    expect(planMemory(SHAPE, WIDTHS, tight, 32_768).longest).toBe(Math.floor(0.75e9 / (56 * 1024)));
    expect(planMemory(SHAPE, WIDTHS, { ...tight, copiesInPass: 2 }, 32_768).longest).toBe(
      Math.floor(0.375e9 / (56 * 1024)),
    );
  });

  it("makes no activation larger than a buffer may be", () => {
    // The widest activation of this model has 18,944 floats a token: 1,771 tokens are 128 MiB, WebGPU's default.
    const { largestChunk } = planMemory(SHAPE, WIDTHS, { ...ROOMY, largestBuffer: 128 * MIB }, 32_768);
    expect(largestChunk(256)).toBe(1024);
    // Scores of 28 heads over 32k positions are wider: 3.67 MB a token.
    expect(largestChunk(32_768)).toBe(Math.floor((128 * MIB) / (28 * 32_768 * 4)));
  });

  it("refuses a longer prompt with both numbers", () => {
    const plan = planMemory(SHAPE, WIDTHS, { ...ROOMY, budget: 1e9 }, 32_768);
    expect(() => assertFits(plan, plan.longest)).not.toThrow();
    expect(() => assertFits(plan, 20_000)).toThrow(
      `this chain has 20000 tokens, and this device has memory for the keys and values of ${plan.longest}`,
    );
  });
});
