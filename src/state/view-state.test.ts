import { describe, expect, it } from "vitest";
import { NOWHERE } from "./location-hash.ts";
import { applyPlace, hoverStep, INITIAL_VIEW, leaveRun, selectStep } from "./view-state.ts";

describe("view state", () => {
  it("remembers who selected, and forgets the hover", () => {
    const hovered = hoverStep(INITIAL_VIEW, { index: 4, pane: "chart" });
    expect(selectStep(hovered, 4, "chart")).toMatchObject({
      selected: 4,
      selectedFrom: "chart",
      hovered: undefined,
    });
  });

  it("is the same state while the pointer stays on one step", () => {
    const hovered = hoverStep(INITIAL_VIEW, { index: 1, pane: "list" });
    expect(hoverStep(hovered, { index: 1, pane: "list" })).toBe(hovered);
  });

  it("keeps settings over runs, not selections", () => {
    const state = { ...selectStep(INITIAL_VIEW, 3, "list"), alpha: 0.5, cover: "examples" as const };
    expect(leaveRun(state)).toMatchObject({ selected: undefined, cover: undefined, alpha: 0.5 });
  });

  it("takes a place from the address; a missing aggregate keeps the reader's", () => {
    const state = { ...INITIAL_VIEW, aggregate: "mean", threshold: 0.9 } as const;
    expect(applyPlace(state, { ...NOWHERE, step: 2 })).toMatchObject({
      selected: 2,
      threshold: undefined,
      aggregate: "mean",
    });
  });
});
