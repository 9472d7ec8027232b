import { describe, expect, it } from "vitest";
import { axisShare, axisTicks, barEnds, shareTicks } from "./value-axis.ts";

describe("an axis from 0 to 1", () => {
  it("has bars that begin at its floor", () => {
    expect(barEnds(0.3, [0, 1])).toEqual([0, 0.3]);
    expect(barEnds(0, [0, 1])).toEqual([0, 0]);
    expect(axisTicks([0, 1])).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });
});

describe("an axis from -1 to 1", () => {
  it("has bars that begin in its middle and go either way", () => {
    expect(barEnds(0.5, [-1, 1])).toEqual([0.5, 0.75]);
    expect(barEnds(-0.5, [-1, 1])).toEqual([0.25, 0.5]);
    expect(barEnds(-1, [-1, 1])).toEqual([0, 0.5]);
    expect(axisTicks([-1, 1])).toEqual([-1, -0.5, 0, 0.5, 1]);
  });

  it("keeps what is beyond it at its end", () => {
    expect(axisShare(-2, [-1, 1])).toBe(0);
    expect(axisShare(2, [-1, 1])).toBe(1);
  });
});

describe("an axis of shares", () => {
  it.each([
    [0, [0, 0.01]],
    [0.02, [0, 0.01, 0.02]],
    [0.1, [0, 0.05, 0.1]],
    [0.255, [0, 0.1, 0.2, 0.3]],
    [0.285, [0, 0.1, 0.2, 0.3]],
    [0.3, [0, 0.1, 0.2, 0.3]],
    [0.7, [0, 0.2, 0.4, 0.6, 0.8]],
    [1, [0, 0.25, 0.5, 0.75, 1]],
  ])("up to %f has round ticks", (most, ticks) => {
    expect(shareTicks(most)).toEqual(ticks);
  });

  it("holds every share under five ticks at most", () => {
    for (let hundredths = 0; hundredths <= 100; hundredths += 1) {
      const ticks = shareTicks(hundredths / 100);
      expect(ticks.length).toBeLessThanOrEqual(5);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(hundredths / 100);
    }
  });
});
