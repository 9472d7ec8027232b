import { expect, it } from "vitest";
import { buildPrefixTree, losesAtFork, losingFork } from "../../core/best-of/prefix-tree.ts";
import { forkWords } from "./fork-words.ts";

const chain = (texts: readonly string[], rewards: readonly (number | undefined)[]) => ({
  steps: texts.map((text) => ({ lane: "response" as const, text })),
  rewards,
});
const WINNER = chain(["read", "add", "so 7"], [0.9, 0.75, 0.95]);

function told(texts: readonly string[], rewards: readonly (number | undefined)[]) {
  const tree = buildPrefixTree([WINNER, chain(texts, rewards)]);
  const fork = losingFork(tree, 0, 1);
  return {
    words: forkWords(tree, fork, "the second best #2", "#4"),
    isPainted: fork !== undefined && losesAtFork(tree, fork),
  };
}

it.each<[readonly string[], readonly (number | undefined)[], string, boolean]>([
  [
    ["read", "multiply", "so 12"],
    [0.9, 0.2, 0.1],
    "The losing fork: the second best #2 leaves the winner at step 2 and has 0.20 where #4 has 0.75. Its lowest step after that is step 3, 0.10.",
    true,
  ],
  [
    ["read", "multiply", "so 12"],
    [0.9, 0.9994, 0.3],
    "The fork: the second best #2 leaves the winner at step 2. It scores higher here (0.999 where #4 has 0.75), but ranks lower overall: its lowest step after that is step 3, 0.30.",
    false,
  ],
  [
    ["read", "multiply"],
    [0.9, 0.75],
    "The fork: the second best #2 leaves the winner at step 2. It scores as high here (0.75 where #4 has 0.75), but ranks lower overall.",
    false,
  ],
  [
    ["read", "add", "so 7", "so 8"],
    [0.9, 0.75, 0.95, 0.6],
    "The fork: the second best #2 leaves the winner at step 4 and has 0.60 where #4 ends.",
    false,
  ],
  [
    ["read", "multiply"],
    [0.9, undefined],
    "The fork: the second best #2 leaves the winner at step 2 and has no score where #4 has 0.75.",
    false,
  ],
  [["read"], [0.9], "The winner is #4; all steps of the second best #2 are its own, too.", false],
])("of %j with %j", (texts, rewards, words, isPainted) => {
  expect(told(texts, rewards)).toEqual({ words, isPainted });
});
