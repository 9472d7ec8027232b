import { describe, expect, it } from "vitest";
import { BINS, divergingBin, heatLevel } from "./diverging-scale.ts";

describe("divergingBin", () => {
  it("is warm exactly below the pivot, whatever the pivot", () => {
    for (const pivot of [0, 0.01, 0.25, 0.5, 0.99, 1]) {
      for (let value = 0; value <= 1; value += 0.01) {
        expect(divergingBin(value, pivot).startsWith("b")).toBe(value < pivot);
      }
    }
  });

  it("has all its levels for differences of probabilities, from -1 to 1", () => {
    const values = Array.from({ length: 201 }, (_, index) => index / 100 - 1);
    for (const value of values) {
      expect(divergingBin(value, 0).startsWith("b")).toBe(value < 0);
    }
    const order = values.map((value) => BINS.indexOf(divergingBin(value, 0)));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(new Set(order).size).toBe(BINS.length);
  });

  it("never goes back down as the value rises", () => {
    const order = Array.from({ length: 101 }, (_, index) => BINS.indexOf(divergingBin(index / 100, 0.25)));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(new Set(order).size).toBe(BINS.length);
  });
});

describe("heatLevel", () => {
  it("leaves small hazards plain and ends at five", () => {
    expect([0, 0.049, 0.05, 0.3, 0.75, 1].map(heatLevel)).toEqual([0, 0, 1, 3, 5, 5]);
  });
});
