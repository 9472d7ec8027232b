import { describe, expect, it } from "vitest";
import {
  formatDelta,
  formatDuration,
  formatProbability,
  formatScore,
  formatSmall,
  plural,
} from "./format-number.ts";

describe("formatProbability", () => {
  it.each([
    [0, "0.00"],
    [0.0001, "<.001"],
    [0.007, "0.007"],
    [0.105, "0.10"],
    [0.9949, "0.99"],
    [0.9996, "0.999"],
    [1, "1.00"],
    [-0.3, "−0.30"],
    [-0.9996, "−0.999"],
    [-1, "−1.00"],
    [-1e-5, ">−.001"],
  ])("%d reads %s", (value, text) => {
    expect(formatProbability(value)).toBe(text);
  });

  it("never reads as 0 or 1 when it is neither", () => {
    for (const value of [1e-12, 0.0004, 0.004, 0.996, 0.99999]) {
      expect(["0.00", "0.000", "1.00", "1.000"]).not.toContain(formatProbability(value));
    }
  });
});

describe("other numbers", () => {
  it("shows a tiny score by its exponent", () => {
    expect(formatScore(9.6e-5, 2)).toBe("1e−4");
    expect(formatScore(0, 2)).toBe("0.00");
    expect(formatScore(1.005, 3)).toBe("1.005");
    expect(formatScore(-0.78, 2)).toBe("−0.78");
  });

  it("signs differences with a real minus", () => {
    expect([formatDelta(-0.7), formatDelta(0.2), formatDelta(-0.001)]).toEqual(["−0.70", "+0.20", "±0.00"]);
  });

  it("does not call a small deviation none", () => {
    expect([formatSmall(0), formatSmall(3e-7), formatSmall(0.00031)]).toEqual([
      "0.0000",
      "<0.0001",
      "0.0003",
    ]);
  });

  it("words durations and counts", () => {
    expect([8000, 90_000, 3_700_000].map(formatDuration)).toEqual(["8 s", "2 min", "1 h 2 min"]);
    expect([plural(1, "step"), plural(1200, "step")]).toEqual(["1 step", "1,200 steps"]);
  });
});
