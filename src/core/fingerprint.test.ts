import { describe, expect, it } from "vitest";
import { fingerprint } from "./fingerprint.ts";

describe("the fingerprint of a text", () => {
  it("is the same for the same text, and holds none of it", () => {
    expect(fingerprint("a secret")).toBe(fingerprint("a secret"));
    expect(fingerprint("a secret")).toMatch(/^[0-9a-f]{16}-8$/);
    expect(fingerprint("")).toMatch(/^[0-9a-f]{16}-0$/);
  });

  it("is another for every other text", () => {
    const texts = Array.from({ length: 20_000 }, (_, index) => `text ${index}`);
    texts.push("\u0161", "a", "\u6161", "aa", "ab", "ba");
    expect(new Set(texts.map(fingerprint)).size).toBe(texts.length);
    // Either half tells them apart by itself as well as 32 bits can: of these, two share one in 1 of 20 cases.
    for (const half of [0, 8]) {
      const halves = new Set(texts.map((text) => fingerprint(text).slice(half, half + 8)));
      expect(texts.length - halves.size).toBeLessThan(4);
    }
  });
});
