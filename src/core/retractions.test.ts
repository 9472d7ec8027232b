import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkStep } from "./arithmetic/check.ts";
import { findRetractions } from "./retractions.ts";
import { segmentTrace } from "./segment/index.ts";

function retractionsIn(texts: readonly string[]) {
  const steps = texts.map((text, index) => ({
    index,
    lane: "response" as const,
    start: 0,
    end: text.length,
    text,
  }));
  return findRetractions(
    steps,
    texts.map((text) => checkStep(text)),
  );
}

const WRONG = "They bake 23·6 = 148 muffins.";
const last = (text: string, before: readonly string[] = [WRONG]) => retractionsIn([...before, text]).at(-1);

describe("findRetractions", () => {
  it.each([
    "Wait, they gave away 12 muffins.",
    "Hmm, 148 - 12 = 136.",
    "Hold on. There are 12 more.",
    "Let me see if I made a mistake.",
    "Is that right? I see no mistake.",
    "That is wrong?",
    "She baked 12, not 3 muffins.",
    "So 23·6 = 148 again.",
  ])("takes nothing back with %j", (text) => {
    expect(last(text)).toBeUndefined();
  });

  it.each([
    "Wait, that is wrong.",
    "I made a mistake.",
    "I made a small mistake above.",
    "It should be 138.",
    "Let me redo the product.",
    "Let me recompute 23·6.",
    "So they bake 138, not 148 muffins.",
    "That is not 148 but 138.",
    "Wait, 23·6 = 138.",
    "6 × 23 = 138, so 138 muffins.",
    "I added 6 instead of 5.",
    "Actually, no.",
  ])("takes the step before back with %j", (text) => {
    expect(last(text)).toBe(0);
  });

  it("says which step a number or a sum takes back, and how far a phrase reaches", () => {
    const between = ["There are 12 boxes.", "12 + 3 = 15."];
    expect(last("So 138, not 148.", [WRONG, ...between])).toBe(0);
    expect(last("23 * 6 = 138.", [WRONG, ...between])).toBe(0);
    expect(last("I made a mistake.", [WRONG, ...between])).toBe(2);
    expect(retractionsIn(["I made a mistake."])).toEqual([undefined]);
  });

  it("finds what is taken back in the gallery", () => {
    const retractionsOf = (id: string) => {
      const { chain } = JSON.parse(
        readFileSync(new URL(`../gallery/chains/${id}.json`, import.meta.url), "utf8"),
      ) as { chain: readonly string[] };
      const { steps } = segmentTrace({ problem: "", chain: chain.join("\n"), strategy: "blank-line" });
      return retractionsIn(steps.map(({ text }) => text)).flatMap((back, index) =>
        back === undefined ? [] : [[index, back]],
      );
    };
    expect(retractionsOf("typing-recovered")).toEqual([[1, 0]]);
    // Step 13: "… $896, not $886", and step 23 with the sum itself.
    expect(retractionsOf("trip-long")).toEqual([
      [12, 10],
      [22, 10],
    ]);
  });

  it("only ever takes an earlier step back", () => {
    const piece = fc.constantFrom(
      "wait",
      "I made a mistake",
      "not 12",
      "12 = 13",
      "3 * 4 = 12",
      "3 * 4 = 13",
      ".",
    );
    fc.assert(
      fc.property(fc.array(fc.array(piece, { maxLength: 8 }), { maxLength: 8 }), (texts) => {
        const found = retractionsIn(texts.map((pieces) => pieces.join(" ")));
        expect(found).toHaveLength(texts.length);
        expect(found.every((back, index) => back === undefined || (back >= 0 && back < index))).toBe(true);
      }),
    );
  });
});
