import { type LosingFork, losesAtFork, type PrefixTree } from "../../core/best-of/prefix-tree.ts";
import { formatProbability } from "../../ui/format-number.ts";

function rewardWords(reward: number | undefined): string {
  return reward === undefined ? "no score" : formatProbability(reward);
}

/**
 * Where a chain that lost leaves the winner, and what that cost. A step that does not score lower than the winner's is
 * not accused of it.
 *
 * @param fork Absent when the loser has no step of its own.
 * @param loser "the second best #2".
 * @param winner "#4".
 */
export function forkWords(
  tree: PrefixTree,
  fork: LosingFork | undefined,
  loser: string,
  winner: string,
): string {
  const node = fork && tree.nodes[fork.node];
  if (fork === undefined || node === undefined) {
    return `The winner is ${winner}; all steps of ${loser} are its own, too.`;
  }
  const mine = fork.winnerNode === undefined ? undefined : tree.nodes[fork.winnerNode];
  const lowest = fork.lowest === undefined ? undefined : tree.nodes[fork.lowest];
  const lowestBehind =
    lowest === undefined || lowest.id === node.id
      ? undefined
      : `its lowest step after that is step ${lowest.step + 1}, ${rewardWords(lowest.reward)}.`;
  const leaves = `${loser} leaves the winner at step ${node.step + 1}`;
  const instead =
    mine === undefined ? `where ${winner} ends` : `where ${winner} has ${rewardWords(mine.reward)}`;
  const own = `${rewardWords(node.reward)} ${instead}`;
  if (losesAtFork(tree, fork)) {
    const then = lowestBehind === undefined ? "" : ` ${capitalised(lowestBehind)}`;
    return `The losing fork: ${leaves} and has ${own}.${then}`;
  }
  if (node.reward === undefined || mine?.reward === undefined) {
    const then = lowestBehind === undefined ? "" : ` ${capitalised(lowestBehind)}`;
    return `The fork: ${leaves} and has ${own}.${then}`;
  }
  const level = node.reward === mine.reward ? "as high" : "higher";
  const overall = lowestBehind === undefined ? "." : `: ${lowestBehind}`;
  return `The fork: ${leaves}. It scores ${level} here (${own}), but ranks lower overall${overall}`;
}

function capitalised(sentence: string): string {
  return `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}`;
}
