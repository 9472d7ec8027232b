import { describe, expect, it } from "vitest";
import { axisShare, axisTicks, barEnds } from "./value-axis.ts";

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
