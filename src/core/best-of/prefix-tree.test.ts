import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Branch, buildPrefixTree, losingFork, pathOf } from "./prefix-tree.ts";

const branch = (texts: readonly string[], rewards: readonly (number | undefined)[] = []): Branch => ({
  steps: texts.map((text) => ({ lane: "response", text })),
  rewards,
});

const THREE = [
  branch(["read", "add", "so 7"], [0.9, 0.8, 0.95]),
  branch(["read", "multiply", "so 12"], [0.9, 0.2, 0.3]),
  branch(["read ", "add", "so 8"], [undefined, undefined, 0.4]),
];

describe("buildPrefixTree", () => {
  it("draws shared beginnings once", () => {
    const { nodes, roots } = buildPrefixTree(THREE);
    expect(roots).toEqual([0]);
    expect(nodes.map(({ text, chains, children, reward }) => ({ text, chains, children, reward }))).toEqual([
      { text: "read", chains: [0, 1, 2], children: [1, 3], reward: 0.9 },
      { text: "add", chains: [0, 2], children: [2, 5], reward: 0.8 },
      { text: "so 7", chains: [0], children: [], reward: 0.95 },
      { text: "multiply", chains: [1], children: [4], reward: 0.2 },
      { text: "so 12", chains: [1], children: [], reward: 0.3 },
      { text: "so 8", chains: [2], children: [], reward: 0.4 },
    ]);
  });

  it("keeps every chain's steps on its path, in any set of chains", () => {
    const chain = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(chain, { maxLength: 8 }), (chains) => {
        const tree = buildPrefixTree(chains.map((texts) => branch(texts)));
        for (const [index, texts] of chains.entries()) {
          expect(pathOf(tree, index).map((id) => tree.nodes[id]?.text)).toEqual(texts);
        }
        // As many nodes as there are different beginnings.
        const beginnings = new Set(
          chains.flatMap((texts) => texts.map((_, end) => texts.slice(0, end + 1).join())),
        );
        expect(tree.nodes).toHaveLength(beginnings.size);
        expect(tree.nodes.flatMap(({ ends }) => ends)).toHaveLength(
          chains.filter((texts) => texts.length > 0).length,
        );
      }),
    );
  });
});

describe("losingFork", () => {
  it("is where a chain leaves the winner, with the lowest step after it", () => {
    const tree = buildPrefixTree(THREE);
    expect(losingFork(tree, 0, 1)).toEqual({ node: 3, winnerNode: 1, lowest: 3 });
    expect(losingFork(tree, 0, 2)).toEqual({ node: 5, winnerNode: 2, lowest: 5 });
  });

  it("sees a chain that goes on where the winner ends, and one that ends on the winner's path", () => {
    const tree = buildPrefixTree([branch(["a"]), branch(["a", "b"])]);
    expect(losingFork(tree, 0, 1)).toEqual({ node: 1, winnerNode: undefined, lowest: undefined });
    expect(losingFork(tree, 1, 0)).toBeUndefined();
  });
});
