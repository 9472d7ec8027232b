import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkStep } from "../arithmetic/check.ts";
import { findDisagreements } from "../disagreement.ts";
import { STEP_TAGS } from "../step-tags.ts";
import type { Step } from "../trace.ts";
import { findSteps, type Hit, MOST_HITS, nextHit, placeOfHit, type Searched } from "./match.ts";
import { COMPARISONS, type Condition, parseQuery, type Term } from "./query.ts";
import { patternSearch, type Span } from "./spans.ts";

function chainOf(
  texts: readonly string[],
  rewards: Searched["rewards"] = texts.map(() => undefined),
  labels: Searched["labels"] = [],
): Searched {
  const steps = texts.map(
    (text, index): Step => ({
      index,
      lane: index % 2 === 0 ? "thinking" : "response",
      start: 0,
      end: text.length,
      text,
    }),
  );
  const tags = texts.map((_, index) => STEP_TAGS[index % STEP_TAGS.length] ?? "compute");
  const checks = texts.map(checkStep);
  const disagreements = findDisagreements(rewards, checks, { threshold: 0.5, range: [0, 1] });
  return { steps, rewards, tags, labels, checks, disagreements };
}

const NO_PATTERNS: ReadonlyMap<string, readonly (readonly Span[])[]> = new Map();

function find(typed: string, searched: Searched, patterns = NO_PATTERNS) {
  const query = parseQuery(typed);
  return query.kind === "terms" ? findSteps(query.terms, searched, patterns) : undefined;
}

const stepsOf = (typed: string, searched: Searched) => [...(find(typed, searched)?.spans.keys() ?? [])];

const CHAIN = chainOf(
  ["Set x to 4.", "So X is 4, and x + x is 8.", "Check: 8.", "The answer is 8."],
  [0.9, 0.3, undefined, 0.8],
  ["good", "bad", "neutral", null],
);

describe("findSteps", () => {
  it.each([
    ["sum:wrong", [1, 3]],
    ["sum:right", [0]],
    ["sum:rounded", [2]],
    ["sum:part", [5]],
    ["sum:unchecked", [4]],
    ["-sum:wrong", [0, 2, 4, 5]],
    ["disagree", [0, 1]],
    ["disagree sum:wrong", [1]],
    // Nobody knows of a step without a reward.
    ["-disagree", [2, 4, 5]],
  ])("%j meets by its sums the steps %j", (typed, steps) => {
    const texts = ["2 + 2 = 4.", "2 + 2 = 5.", "2/3 = 0.67.", "2 + 2 = 5.", "So.", "2 + 2 = 4, and y = 7."];
    expect(stepsOf(typed, chainOf(texts, [0.1, 0.9, 0.9, undefined, 0.9, 0.9]))).toEqual(steps);
  });

  it.each([
    ["x", [0, 1]],
    ["x 8", [1]],
    ['"is 8"', [1, 3]],
    ["-x", [2, 3]],
    ["score<0.4", [1]],
    ["-score<0.4", [0, 3]],
    ["delta<0", [1]],
    ["-delta<0", []],
    ["lane:think", [0, 2]],
    ["lane:think -tag:setup", [2]],
    ["label:bad", [1]],
    ["-label:bad", [0, 2]],
    ["label:good score>0.5", [0]],
    ["", []],
  ])("%j meets the steps %j", (typed, steps) => {
    expect(stepsOf(typed, CHAIN)).toEqual(steps);
  });

  it("goes to every occurrence of a text, and once to a step that has none", () => {
    expect(find("x", CHAIN)?.hits).toEqual([
      { step: 0, span: { start: 4, end: 5 } },
      { step: 1, span: { start: 3, end: 4 } },
      { step: 1, span: { start: 15, end: 16 } },
      { step: 1, span: { start: 19, end: 20 } },
    ]);
    expect(find("score<0.4", CHAIN)?.hits).toEqual([{ step: 1, span: undefined }]);
    expect(
      find('x "is 8" is', CHAIN)
        ?.spans.get(1)
        ?.map(({ start, end }) => CHAIN.steps[1]?.text.slice(start, end)),
    ).toEqual(["X", "is", "x", "x", "is 8"]);
  });

  it("waits for the spans of a regular expression", async () => {
    expect(find("/x.*8/", CHAIN)).toBeUndefined();
    const spans = await patternSearch.find(
      { pattern: "x.*8", texts: CHAIN.steps.map(({ text }) => text) },
      { signal: new AbortController().signal, emit: () => undefined },
    );
    expect(find("/x.*8/", CHAIN, new Map([["x.*8", spans]]))?.hits).toEqual([
      { step: 1, span: { start: 3, end: 25 } },
    ]);
  });

  it("lists no more hits than anybody goes to", () => {
    const found = find("a", chainOf(Array.from({ length: 20 }, () => "a".repeat(1000))));
    expect(found?.hits).toHaveLength(MOST_HITS);
    expect(found?.isCut).toBe(true);
  });

  const condition = fc.oneof(
    fc.string({ minLength: 1, maxLength: 2 }).map((text): Condition => ({ kind: "text", text })),
    fc
      .tuple(
        fc.constantFrom("score" as const, "delta" as const),
        fc.constantFrom(...COMPARISONS),
        fc.float({ noNaN: true }),
      )
      .map(([kind, comparison, value]): Condition => ({ kind, comparison, value })),
    fc.constantFrom(...STEP_TAGS).map((tag): Condition => ({ kind: "tag", tag })),
  );
  const chain = fc
    .array(fc.tuple(fc.string(), fc.option(fc.float({ min: 0, max: 1, noNaN: true }), { nil: undefined })))
    .map((rows) =>
      chainOf(
        rows.map(([text]) => text),
        rows.map(([, reward]) => reward),
      ),
    );
  const terms = fc.array(
    fc.record({ condition, isNegated: fc.boolean() }).map((term): Term => term),
    { minLength: 1, maxLength: 4 },
  );
  const met = (wanted: readonly Term[], searched: Searched) =>
    new Set(findSteps(wanted, searched, NO_PATTERNS)?.spans.keys());

  it("terms together meet the steps that each of them meets", () => {
    fc.assert(
      fc.property(terms, chain, (wanted, searched) => {
        const alone = wanted.map((term) => met([term], searched));
        const both = searched.steps
          .map(({ index }) => index)
          .filter((index) => alone.every((one) => one.has(index)));
        expect([...met(wanted, searched)]).toEqual(both);
      }),
    );
  });

  it("a condition and its opposite share no step, and leave out those of which nothing is known", () => {
    fc.assert(
      fc.property(condition, chain, (wanted, searched) => {
        const [yes, no] = [false, true].map((isNegated) => met([{ condition: wanted, isNegated }], searched));
        const isKnown = (index: number) =>
          (wanted.kind !== "score" && wanted.kind !== "delta") ||
          (searched.rewards[index] !== undefined &&
            (wanted.kind === "score" || searched.rewards[index - 1] !== undefined));
        for (const { index } of searched.steps) {
          expect(Number(yes?.has(index)) + Number(no?.has(index))).toBe(isKnown(index) ? 1 : 0);
        }
      }),
    );
  });

  it("hits are in order, inside their texts, and none overlaps another", () => {
    fc.assert(
      fc.property(terms, chain, (wanted, searched) => {
        let last: Hit | undefined;
        for (const hit of findSteps(wanted, searched, NO_PATTERNS)?.hits ?? []) {
          const length = searched.steps[hit.step]?.text.length ?? 0;
          expect(hit.span?.end ?? 0).toBeLessThanOrEqual(length);
          if (last !== undefined) {
            const isBehind = hit.step > last.step || (hit.span?.start ?? -1) >= (last.span?.end ?? 0);
            expect(isBehind).toBe(true);
          }
          last = hit;
        }
      }),
    );
  });

  it("going on reaches every hit once and begins again; going back is its opposite", () => {
    fc.assert(
      fc.property(terms, chain, (wanted, searched) => {
        const found = findSteps(wanted, searched, NO_PATTERNS);
        let at: Hit | undefined;
        for (const [place, hit] of (found?.hits ?? []).entries()) {
          const next = found && nextHit(found, at, 1);
          expect(next).toEqual(hit);
          expect(found && at && nextHit(found, hit, -1)).toEqual(at);
          expect(placeOfHit(found?.hits ?? [], hit)).toBe(place);
          at = next;
        }
        expect(found && at && nextHit(found, at, 1)).toEqual(found?.hits[0]);
      }),
    );
  });
});
