import fc from "fast-check";
import { expect, it } from "vitest";
import { buildPrefixTree } from "./prefix-tree.ts";
import { layoutTree } from "./tree-layout.ts";

const treeOf = (chains: readonly (readonly string[])[]) =>
  buildPrefixTree(
    chains.map((texts) => ({
      steps: texts.map((text) => ({ lane: "response" as const, text })),
      rewards: [],
    })),
  );

it("puts the favoured chain on the first row, and branches below where they leave it", () => {
  const tree = treeOf([["a", "x"], ["a", "b", "c"], ["a"], ["d"]]);
  const { places, ends, rows, columns } = layoutTree(tree, 1);
  const placeOf = (text: string) => places[tree.nodes.find((node) => node.text === text)?.id ?? -1];
  expect(["a", "b", "c"].map((text) => placeOf(text)?.row)).toEqual([0, 0, 0]);
  expect(placeOf("x")).toEqual({ column: 1, row: 1 });
  // The chain that ends at "a" has a row of its own.
  expect(ends.find(({ chains }) => chains[0] === 2)).toMatchObject({ column: 1, row: 2 });
  expect(placeOf("d")).toEqual({ column: 0, row: 3 });
  expect([rows, columns]).toEqual([4, 4]);
});

it("puts no two things in one place, and every chain's end once", () => {
  const chain = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 5 });
  const chains = fc.array(chain, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(chains, fc.nat({ max: 7 }), (all, favoured) => {
      const { places, ends, rows } = layoutTree(treeOf(all), favoured);
      const taken = [...places, ...ends].map(({ column, row }) => `${column},${row}`);
      expect(new Set(taken).size).toBe(taken.length);
      expect(ends.flatMap((end) => end.chains).sort((a, b) => a - b)).toEqual([...all.keys()]);
      expect(Math.max(...[...places, ...ends].map(({ row }) => row))).toBe(rows - 1);
      if (favoured < all.length) {
        expect(ends.find((end) => end.chains.includes(favoured))?.row).toBe(0);
      }
    }),
  );
});

it("takes a chain of many thousand steps", () => {
  const long = Array.from({ length: 20_000 }, (_, index) => String(index));
  expect(layoutTree(treeOf([long]), undefined).rows).toBe(1);
});
