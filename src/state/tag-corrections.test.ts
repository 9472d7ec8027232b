import { describe, expect, it } from "vitest";
import { segmentTrace } from "../core/segment/index.ts";
import { correctionsOf, correctTag } from "./tag-corrections.ts";

const cut = (chain: string, strategy: "blank-line" | "line" = "blank-line") =>
  segmentTrace({ problem: "How many?", chain, strategy });

describe("corrections of tags", () => {
  it("belong to a text as it was cut, however often it is scored", () => {
    const state = correctTag(new Map(), cut("One.\n\nTwo."), 1, "plan");
    expect([...correctionsOf(state, cut("One.\n\nTwo."))]).toEqual([[1, "plan"]]);
    expect(correctionsOf(state, cut("One.\n\nThree.")).size).toBe(0);
    expect(correctionsOf(state, cut("One.\nTwo.")).size).toBe(0);
    expect(correctionsOf(state, cut("One.\nTwo.", "line")).size).toBe(0);
  });

  it("can be taken back", () => {
    const trace = cut("One.\n\nTwo.");
    const state = correctTag(correctTag(new Map(), trace, 0, "plan"), trace, 0, undefined);
    expect(correctionsOf(state, trace).size).toBe(0);
  });
});
