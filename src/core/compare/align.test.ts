import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Lane } from "../trace.ts";
import { type AlignedRow, type AlignedStep, alignSteps } from "./align.ts";

const response = (...texts: string[]): AlignedStep[] => texts.map((text) => ({ lane: "response", text }));
const pairsOf = (rows: readonly AlignedRow[]) =>
  rows.flatMap(({ a, b, similarity }) => (a === undefined || b === undefined ? [] : [{ a, b, similarity }]));

const words = fc.constantFrom("so", "Then", "wait", "3", "4", "12.5", "+", "=", "x", "再", "\n", "é");
const step: fc.Arbitrary<AlignedStep> = fc.record({
  lane: fc.constantFrom<Lane>("thinking", "response"),
  text: fc.array(words, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(" ")),
});
const chain = fc.array(step, { maxLength: 14 });

describe("alignSteps, of any two chains", () => {
  it("puts every step in one row, in order, and pairs within lanes", () => {
    fc.assert(
      fc.property(chain, chain, (a, b) => {
        const rows = alignSteps(a, b);
        expect(rows.flatMap((row) => row.a ?? [])).toEqual([...a.keys()]);
        expect(rows.flatMap((row) => row.b ?? [])).toEqual([...b.keys()]);
        for (const row of pairsOf(rows)) {
          expect(a[row.a]?.lane).toBe(b[row.b]?.lane);
          expect(row.similarity).toBeGreaterThanOrEqual(0.4);
          expect(row.similarity).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("says 1 exactly of texts that are the same but for white space", () => {
    const key = (text: string | undefined) => text?.trim().replaceAll(/\s+/g, " ");
    fc.assert(
      fc.property(chain, chain, (a, b) => {
        for (const row of pairsOf(alignSteps(a, b))) {
          expect(row.similarity === 1).toBe(key(a[row.a]?.text) === key(b[row.b]?.text));
        }
      }),
    );
  });

  it("pairs a chain with itself step by step", () => {
    fc.assert(
      fc.property(chain, (a) => {
        expect(alignSteps(a, a)).toEqual(a.map((_, index) => ({ a: index, b: index, similarity: 1 })));
      }),
    );
  });

  it("finds the same pairs from both sides", () => {
    fc.assert(
      fc.property(chain, chain, (a, b) => {
        const mirrored = pairsOf(alignSteps(b, a)).map((row) => ({ ...row, a: row.b, b: row.a }));
        expect(pairsOf(alignSteps(a, b))).toEqual(mirrored);
      }),
    );
  });

  it("loses nothing that a longest common subsequence would keep", () => {
    fc.assert(
      fc.property(chain, chain, (a, b) => {
        const weight = pairsOf(alignSteps(a, b)).reduce((sum, row) => sum + row.similarity ** 2, 0);
        expect(weight).toBeGreaterThanOrEqual(commonLength(a, b) - 1e-9);
      }),
    );
  });
});

/** Length of the longest common subsequence, by the textbook's table. */
function commonLength(a: readonly AlignedStep[], b: readonly AlignedStep[]): number {
  const key = (one: AlignedStep | undefined) => `${one?.lane} ${one?.text.trim().replaceAll(/\s+/g, " ")}`;
  let row = new Array<number>(b.length + 1).fill(0);
  for (const one of a) {
    const next = [0];
    for (const [index, other] of b.entries()) {
      const diagonal = (row[index] ?? 0) + (key(one) === key(other) ? 1 : 0);
      next.push(Math.max(diagonal, row[index + 1] ?? 0, next[index] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

describe("alignSteps, of chains a person edits", () => {
  it("keeps the partner of a step in which one number changed", () => {
    const before = response("Tom has 3 apples.", "He buys 4 more.", "So 3 + 4 = 7.", "The answer is 7.");
    const after = response("Tom has 3 apples.", "He buys 4 more.", "So 3 + 4 = 8.", "The answer is 8.");
    expect(pairsOf(alignSteps(before, after)).map(({ a, b }) => [a, b])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  it("shows a step that was put in, and one that was left out", () => {
    const a = response("First, read it.", "Now double it: 2 * 6 = 12.", "Done: 12.");
    const b = response("First, read it.", "Wait, is that the whole problem?", "Done: 12.");
    expect(alignSteps(a, b)).toEqual([
      { a: 0, b: 0, similarity: 1 },
      { a: 1, similarity: 0 },
      { b: 1, similarity: 0 },
      { a: 2, b: 2, similarity: 1 },
    ]);
  });

  it("counts words and pairs of words by hand", () => {
    // 5 words and 4 pairs on either side; shared: x + = 5 without the sign between: "x", "=", "5"; pair "= 5".
    const rows = alignSteps(response("x + 2 = 5"), response("x - 3 = 5"));
    // Shared: the words x, =, 5 and the pair "= 5": 2 * 4 / 18.
    expect(rows).toEqual([{ a: 0, b: 0, similarity: 8 / 18 }]);
  });

  it("prefers one equal partner to two that are half alike", () => {
    const a = response("a b c d", "a b c d e f g h");
    const b = response("a b c d e f g h", "e f g h");
    expect(pairsOf(alignSteps(a, b))).toEqual([{ a: 1, b: 0, similarity: 1 }]);
  });

  it("does not pair across lanes", () => {
    const rows = alignSteps([{ lane: "thinking", text: "x = 1" }], [{ lane: "response", text: "x = 1" }]);
    expect(rows).toEqual([
      { a: 0, similarity: 0 },
      { b: 0, similarity: 0 },
    ]);
  });

  it("takes the empty chain", () => {
    expect(alignSteps([], [])).toEqual([]);
    expect(alignSteps([], response("x"))).toEqual([{ b: 0, similarity: 0 }]);
  });
});

describe("alignSteps, of long chains", () => {
  const sentence = (index: number) =>
    `So the number of boxes after day ${index} is ${index * 7} + ${index % 13} = ${index * 7 + (index % 13)}, and we go on.`;

  it("finds a thousand steps again when every tenth is another and ten are put before", () => {
    const a = response(...Array.from({ length: 1000 }, (_, index) => sentence(index)));
    const b = response(
      ...Array.from({ length: 10 }, (_, index) => `Preamble ${index}: let me read the problem.`),
      ...Array.from({ length: 1000 }, (_, index) => (index % 10 === 0 ? `Hmm ${index}?` : sentence(index))),
    );
    const pairs = pairsOf(alignSteps(a, b));
    expect(pairs.filter(({ a: index, b: other }) => other === index + 10)).toHaveLength(900);
  });

  it("stays small when every step is the same", () => {
    const wait = response(...Array.from({ length: 2000 }, () => "Wait."));
    const rows = alignSteps(wait, [...response("Hm, no."), ...wait, ...response("Good, done.")]);
    expect(pairsOf(rows).length).toBeGreaterThan(1900);
  });
});
