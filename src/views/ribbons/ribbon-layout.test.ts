import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layOutRibbons, ROW_HEIGHT } from "./ribbon-layout.ts";

const alignment = fc
  .record({
    thoughtCount: fc.integer({ min: 1, max: 12 }),
    responseCount: fc.integer({ min: 1, max: 12 }),
    picks: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 20 }),
  })
  .map(({ thoughtCount, responseCount, picks }) => {
    const thoughts = Array.from({ length: thoughtCount }, (_, index) => index);
    const responses = Array.from({ length: responseCount }, (_, index) => thoughtCount + index);
    const links = picks.map(([thought, response, isOutOfOrder]) => ({
      thought: thought % thoughtCount,
      response: thoughtCount + (response % responseCount),
      support: 0.5,
      isOutOfOrder,
    }));
    return { thoughts, responses, links };
  });

describe("layOutRibbons", () => {
  it("keeps rows in order, without overlap, inside of the height, and joins every link", () => {
    fc.assert(
      fc.property(alignment, (given) => {
        const { tops, height, ribbons } = layOutRibbons(given);
        for (const lane of [given.thoughts, given.responses]) {
          for (const [place, index] of lane.entries()) {
            const top = tops.get(index) ?? Number.NaN;
            const above = tops.get(lane[place - 1] ?? -1) ?? -ROW_HEIGHT;
            expect(top).toBeGreaterThanOrEqual(above + ROW_HEIGHT - 1e-9);
            expect(top + ROW_HEIGHT).toBeLessThanOrEqual(height + 1e-9);
          }
        }
        expect(ribbons).toHaveLength(given.links.length);
        for (const { top, bottom } of ribbons) {
          expect(top).toBeGreaterThanOrEqual(0);
          expect(bottom).toBeLessThanOrEqual(height);
        }
      }),
    );
  });
});
