import { describe, expect, it } from "vitest";
import { formatHash, NOWHERE, type Place, parseHash } from "./location-hash.ts";

describe("location hash", () => {
  it("brings a place back, counting steps from 1", () => {
    const place: Place = {
      example: "rice & beans",
      step: 2,
      threshold: 0.4,
      aggregate: "min",
      page: "records",
    };
    expect(formatHash(place)).toContain("step=3");
    expect(parseHash(formatHash(place))).toEqual(place);
  });

  it("is empty for nowhere", () => {
    expect(formatHash(NOWHERE)).toBe("");
    expect(parseHash("")).toEqual(NOWHERE);
  });

  it.each([
    "#step=0",
    "#step=x",
    "#step=1.5",
    "#threshold=2",
    "#threshold=",
    "#aggregate=best",
    "#page=gone",
  ])("leaves out what makes no sense: %s", (hash) => {
    expect(parseHash(hash)).toEqual(NOWHERE);
  });
});
