import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { segmentTrace } from "../segment/index.ts";
import type { StepTag } from "../step-tags.ts";
import type { Step } from "../trace.ts";
import { alignLanes, bestChain, gainOf, LEAST_SUPPORT, whyNotAligned } from "./align.ts";
import { findFaults } from "./faults.ts";
import { readFeatures } from "./features.ts";

function stepsOf(thoughts: readonly string[], responses: readonly string[]): readonly Step[] {
  return [
    ...thoughts.map((text) => ({ text, lane: "thinking" as const })),
    ...responses.map((text) => ({ text, lane: "response" as const })),
  ].map(({ text, lane }, index) => ({ index, lane, start: 0, end: text.length, text }));
}

const pairsOf = (thoughts: readonly string[], responses: readonly string[]) =>
  alignLanes(stepsOf(thoughts, responses)).links.map(({ thought, response }) => [thought, response]);

describe("readFeatures", () => {
  it("meets other spellings of the same", () => {
    const shared = (a: string, b: string) =>
      [...readFeatures(a).features.keys()].filter((name) => readFeatures(b).features.has(name));
    expect(shared("So 12 × 4 = 48 seats.", "It has $12 \\times 4 = 48$ of them")).toEqual([
      "number 12",
      "number 4",
      "number 48",
      "equation 12*4=48",
      "result of number 48",
    ]);
    expect(shared("1,200.50 dollars", "1200.5 dollar")).toEqual(["number 1200.5", "word dollar"]);
    expect([...readFeatures("2 + 3 = 5 and x = 7").results]).toEqual(["number 5"]);
  });
});

describe("alignLanes", () => {
  it("gathers the thoughts of a response step, and lets one thought serve several", () => {
    expect(
      pairsOf(
        ["Each bus has 12 * 4 = 48 seats.", "So 3 * 48 = 144 seats.", "There are 128 + 9 = 137 people."],
        [
          "A bus has 12 * 4 = 48 seats, all have 3 * 48 = 144 seats.",
          "There are 128 + 9 = 137 people.",
          "137 people.",
        ],
      ),
    ).toEqual([
      [0, 3],
      [1, 3],
      [2, 4],
      [2, 5],
    ]);
  });

  it("names what stands against the order, and links nothing to a step without support", () => {
    const steps = stepsOf(
      ["First 7 * 8 = 56 chairs.", "Then 5 + 6 = 11 tables."],
      ["There are 5 + 6 = 11 tables.", "There are 7 * 8 = 56 chairs.", "The weather is lovely."],
    );
    const { links } = alignLanes(steps);
    expect(links.map(({ response }) => response)).toEqual([2, 3]);
    expect(links.filter(({ isOutOfOrder }) => isOutOfOrder)).toHaveLength(1);
  });

  it("needs both lanes", () => {
    expect(whyNotAligned(stepsOf(["One."], []))).toBe("no-response");
    expect(whyNotAligned(stepsOf([], ["One."]))).toBe("no-thinking");
    expect(whyNotAligned(stepsOf(["One."], ["One."]))).toBeUndefined();
    const many = Array.from({ length: 2001 }, () => "One.");
    expect(whyNotAligned(stepsOf(many, many))).toBe("too-long");
  });

  const sentence = fc
    .array(fc.constantFrom("12", "48", "3 * 4 = 12", "chairs", "tables", "people", "7", "."), {
      maxLength: 6,
    })
    .map((words) => words.join(" "));
  it("is monotone, within bounds, and leaves no supported step alone", () => {
    fc.assert(
      fc.property(
        fc.array(sentence, { minLength: 1, maxLength: 8 }),
        fc.array(sentence, { minLength: 1, maxLength: 8 }),
        (thoughts, responses) => {
          const steps = stepsOf(thoughts, responses);
          const { links } = alignLanes(steps);
          let last = -1;
          for (const { thought, response, support, isOutOfOrder } of links) {
            expect(steps[thought]?.lane).toBe("thinking");
            expect(steps[response]?.lane).toBe("response");
            expect(support).toBeGreaterThanOrEqual(LEAST_SUPPORT);
            expect(support).toBeLessThanOrEqual(1 + 1e-9);
            if (!isOutOfOrder) {
              expect(thought).toBeGreaterThanOrEqual(last);
              last = thought;
            }
          }
          // A step that says word for word what a thought says has a link.
          for (const [place, text] of responses.entries()) {
            if (readFeatures(text).features.size > 0 && thoughts.includes(text)) {
              expect(links.some(({ response }) => response === thoughts.length + place)).toBe(true);
            }
          }
        },
      ),
    );
  });

  it("is the best of all monotone chains", () => {
    const size = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(
        size,
        size,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 16, maxLength: 16 }),
        (thoughtCount, responseCount, values) => {
          const supports = Float64Array.from(values.slice(0, thoughtCount * responseCount));
          const gainAt = (thought: number, response: number) =>
            gainOf(supports[response * thoughtCount + thought] ?? 0);
          const bestFrom = (thought: number, response: number): number =>
            thought >= thoughtCount || response >= responseCount
              ? 0
              : gainAt(thought, response) +
                Math.max(bestFrom(thought + 1, response), bestFrom(thought, response + 1));
          const chosen = bestChain(supports, thoughtCount, responseCount);
          const total = chosen.reduce((sum, [thought, response]) => sum + gainAt(thought, response), 0);
          expect(total).toBeCloseTo(bestFrom(0, 0), 9);
        },
      ),
    );
  });
});

describe("findFaults", () => {
  const thoughts = ["So 6 * 12 = 62 meters.", "And 5 + 6 = 11 tables.", "And 2 * 9 = 18 lamps."];
  const responses = [
    "The area is 6 * 12 = 62 meters.",
    "And 2 * 9 = 18 lamps.",
    "Birds sing gladly outside.",
  ];
  const steps = stepsOf(thoughts, responses);
  const tags = steps.map((): StepTag => "compute");
  const find = (rewards: readonly (number | undefined)[], givenTags: readonly StepTag[] = tags) => {
    const alignment = alignLanes(steps);
    return findFaults(alignment, { rewards, threshold: 0.5, tags: givenTags });
  };

  it("names a bad thought that was kept, a good one that was dropped, and a step that nothing supports", () => {
    expect(find([0.1, 0.9, 0.9, 0.9, 0.9, 0.9])).toEqual([
      { kind: "dropped-good", index: 1 },
      { kind: "kept-bad", index: 3, thought: 0 },
      { kind: "no-support", index: 5 },
    ]);
  });

  it("says nothing of thoughts without a reward, nor of those that check or are taken back", () => {
    expect(find([undefined, undefined, undefined, 1, 1, 1])).toEqual([{ kind: "no-support", index: 5 }]);
    expect(find([1, 1, 1, 1, 1, 1], tags.with(1, "verify"))).toEqual([{ kind: "no-support", index: 5 }]);
    expect(find([1, 1, 1, 1, 1, 1], tags.with(2, "backtrack"))).toEqual([{ kind: "no-support", index: 5 }]);
  });

  const sentence = fc
    .array(fc.constantFrom("2 + 3 = 5", "4 * 6 = 24", "so 5", "24", "lamps", "tables", "."), { maxLength: 4 })
    .map((words) => words.join(" "));
  const lane = fc.array(sentence, { minLength: 1, maxLength: 6 });
  it("are those that the texts, the rewards and the tags say", () => {
    const values = fc.array(fc.option(fc.constantFrom(0.2, 0.5, 0.8), { nil: undefined }), {
      minLength: 12,
      maxLength: 12,
    });
    const kinds = fc.array(fc.constantFrom<StepTag>("compute", "verify", "backtrack"), {
      minLength: 12,
      maxLength: 12,
    });
    fc.assert(
      fc.property(lane, lane, values, kinds, (thinking, response, rewards, given) => {
        const chain = stepsOf(thinking, response);
        const alignment = alignLanes(chain);
        const { links } = alignment;
        const isSaid = (name: string) => response.some((text) => readFeatures(text).features.has(name));
        const expected = chain.flatMap(({ index, lane: where, text }) => {
          const { features, results } = readFeatures(text);
          const reward = rewards[index];
          if (where === "response") {
            const from = links.filter((link) => link.response === index);
            return from.length > 0
              ? from
                  .filter(({ thought }) => (rewards[thought] ?? 1) < 0.5)
                  .map(({ thought }) => ({ kind: "kept-bad", index, thought }))
              : features.size > 0
                ? [{ kind: "no-support", index }]
                : [];
          }
          const isDropped =
            reward !== undefined &&
            reward >= 0.5 &&
            given[index] === "compute" &&
            given[index + 1] !== "backtrack" &&
            !links.some(({ thought }) => thought === index) &&
            results.size > 0 &&
            ![...results].some(isSaid);
          return isDropped ? [{ kind: "dropped-good", index }] : [];
        });
        expect(findFaults(alignment, { rewards, threshold: 0.5, tags: given })).toEqual(expected);
      }),
    );
  });

  it("ends for a long chain", () => {
    const { steps: many } = segmentTrace({
      problem: "",
      chain: `<think>${"\n\nSo 12 * 4 = 48 seats, chairs and tables.".repeat(1500)}</think>${"\n\nThere are 48 seats.".repeat(500)}`,
      strategy: "blank-line",
    });
    expect(alignLanes(many).responses).toHaveLength(500);
  });
});
