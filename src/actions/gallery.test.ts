import { describe, expect, it } from "vitest";
import { STRATEGIES, segmentTrace } from "../core/segment/index.ts";
import { GALLERY } from "../gallery/index.ts";

/** What `JSON.parse` cannot promise: that the committed file is what its type says. */
describe("gallery", () => {
  it("has entries with unique ids", () => {
    expect(GALLERY.length).toBeGreaterThanOrEqual(3);
    expect(new Set(GALLERY.map(({ id }) => id)).size).toBe(GALLERY.length);
  });

  it.each(GALLERY.map((entry) => [entry.id, entry] as const))("%s fits its own text", (_, entry) => {
    const { chain, problem, strategy, scored } = entry;
    expect(STRATEGIES.map(({ id }) => id)).toContain(strategy);
    const { steps } = segmentTrace({ problem, chain, strategy });
    expect(scored.stepCount).toBe(steps.length);
    expect(scored.steps.map(({ index }) => index)).toEqual(steps.map(({ index }) => index));
    for (const { index, reward, hazards = [], read } of scored.steps) {
      expect(reward).toBeGreaterThanOrEqual(0);
      expect(reward).toBeLessThanOrEqual(1);
      expect(read.logits.length).toBe(read.positions.length);
      expect(read.tokens[1]).toBeLessThanOrEqual(scored.prompt.ids.length);
      for (const { start, end } of hazards) {
        expect(start).toBeLessThanOrEqual(end);
        expect(end).toBeLessThanOrEqual(steps[index]?.text.length ?? 0);
      }
    }
    expect(scored.prompt.tokens.length).toBe(scored.prompt.ids.length);
  });
});
