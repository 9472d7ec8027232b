import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fitWindow,
  LEAST_SHOWN,
  panWindow,
  resizeWindow,
  revealStep,
  type StepWindow,
  widthOf,
  windowBetween,
  zoomWindow,
} from "./step-window.ts";

const anyCount = fc.integer({ min: 1, max: 2000 });
const scene = anyCount.chain((count) =>
  fc.record({
    count: fc.constant(count),
    window: fc
      .tuple(fc.integer({ min: -50, max: 2100 }), fc.integer({ min: 0, max: 2100 }))
      .map(([from, width]) => fitWindow({ from, to: from + width }, count)),
    index: fc.integer({ min: 0, max: count - 1 }),
    at: fc.double({ min: 0, max: count, noNaN: true }),
    by: fc.double({ min: -3000, max: 3000, noNaN: true }),
    factor: fc.double({ min: 0.05, max: 20, noNaN: true }),
  }),
);

/** @param least How many steps it shows at least. */
function expectWindow({ from, to }: StepWindow, count: number, least: number): void {
  expect(Number.isInteger(from) && Number.isInteger(to)).toBe(true);
  expect(from).toBeGreaterThanOrEqual(0);
  expect(to).toBeLessThanOrEqual(count);
  expect(to - from).toBeGreaterThanOrEqual(least);
}

describe("a window", () => {
  it("is whole steps inside the chain, whatever is done to it", () => {
    fc.assert(
      fc.property(scene, ({ count, window, index, at, by, factor }) => {
        const width = widthOf(window);
        const byHand = Math.min(LEAST_SHOWN, width);
        expectWindow(window, count, 1);
        expectWindow(panWindow(window, by, count), count, width);
        expectWindow(zoomWindow(window, factor, at, count), count, byHand);
        expectWindow(resizeWindow(window, "from", at, count), count, byHand);
        expectWindow(resizeWindow(window, "to", at, count), count, byHand);
        expectWindow(revealStep(window, index, count), count, width);
        expectWindow(windowBetween(at, by, count), count, Math.min(LEAST_SHOWN, count));
      }),
    );
  });

  it("is the very steps that are named, however few", () => {
    fc.assert(
      fc.property(anyCount, fc.nat(), fc.nat(), (count, one, other) => {
        const [from, last] = [one % count, other % count].toSorted((a, b) => a - b) as [number, number];
        expect(fitWindow({ from, to: last + 1 }, count)).toEqual({ from, to: last + 1 });
      }),
    );
  });

  it("keeps its width while it is moved", () => {
    fc.assert(
      fc.property(scene, ({ count, window, index, by }) => {
        expect(widthOf(panWindow(window, by, count))).toBe(widthOf(window));
        expect(widthOf(revealStep(window, index, count))).toBe(widthOf(window));
      }),
    );
  });

  it("shows a step that is to be seen, and stays where it is already", () => {
    fc.assert(
      fc.property(scene, ({ count, window, index }) => {
        const moved = revealStep(window, index, count);
        expect(moved.from <= index && index < moved.to).toBe(true);
        expect(revealStep(moved, index, count)).toBe(moved);
      }),
    );
  });

  it("zooms round the position it is given, where the ends leave room", () => {
    fc.assert(
      fc.property(scene, fc.double({ min: 0, max: 1, noNaN: true }), ({ count, window, factor }, share) => {
        const at = window.from + share * widthOf(window);
        const zoomed = zoomWindow(window, factor, at, count);
        fc.pre(zoomed.from > 0 && zoomed.to < count);
        const after = (at - zoomed.from) / widthOf(zoomed);
        // Whole steps: half a step of the new window at most, at its beginning.
        expect(Math.abs(after - share) * widthOf(zoomed)).toBeLessThanOrEqual(0.5 + 1e-6);
      }),
    );
  });

  it("zooming always shows more or fewer, until there are no more or no fewer", () => {
    fc.assert(
      fc.property(scene, ({ count, window, at }) => {
        const width = widthOf(window);
        const closer = widthOf(zoomWindow(window, 0.9999, at, count));
        const further = widthOf(zoomWindow(window, 1.0001, at, count));
        expect(closer).toBe(Math.max(Math.min(width, LEAST_SHOWN), width - 1));
        expect(further).toBe(Math.min(count, width + 1));
      }),
    );
  });
});
