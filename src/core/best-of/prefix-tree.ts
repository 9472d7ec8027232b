/**
 * Chains of one problem as a tree: steps that begin several chains alike are drawn once. Steps are merged when
 * their texts are the same but for white space and all steps before them are; a causal model gives them one reward.
 */
import { stepKey } from "../compare/step-key.ts";
import type { Step } from "../trace.ts";
import type { Probability, StepIndex } from "../units.ts";

/** A chain as the tree takes it. */
export interface Branch {
  readonly steps: readonly Pick<Step, "text" | "lane">[];
  /** By step; undefined where there is none. */
  readonly rewards: readonly (Probability | undefined)[];
}

/** A step that one or more chains have in common. */
export interface TreeNode {
  /** Its place in `nodes`. */
  readonly id: number;
  /** `nodes` index of the step before; undefined for a first step. */
  readonly parent: number | undefined;
  /** Index of the step in its chains. */
  readonly step: StepIndex;
  readonly text: string;
  /** The first reward any of its chains has for it. */
  readonly reward: Probability | undefined;
  /** Indices of the chains that go through it, increasing. */
  readonly chains: readonly number[];
  /** `nodes` indices of the steps that follow, in the order in which their chains came. */
  readonly children: readonly number[];
  /** Indices of the chains that end with it. */
  readonly ends: readonly number[];
}

export interface PrefixTree {
  /** Parents come before their children. */
  readonly nodes: readonly TreeNode[];
  /** `nodes` indices of the first steps. */
  readonly roots: readonly number[];
}

interface OpenNode extends TreeNode {
  reward: Probability | undefined;
  readonly chains: number[];
  readonly children: number[];
  readonly ends: number[];
}

/** Merges the chains. Time and memory are linear in the number of their steps. */
export function buildPrefixTree(branches: readonly Branch[]): PrefixTree {
  const nodes: OpenNode[] = [];
  const roots: number[] = [];
  const places = new Map<string, number>();
  for (const [chain, { steps, rewards }] of branches.entries()) {
    let parent: OpenNode | undefined;
    for (const [index, { lane, text }] of steps.entries()) {
      const place = `${parent?.id ?? ""}\n${lane}\n${stepKey(text)}`;
      const known: OpenNode | undefined = nodes[places.get(place) ?? -1];
      const node: OpenNode = known ?? {
        id: nodes.length,
        parent: parent?.id,
        step: index,
        text,
        reward: undefined,
        chains: [],
        children: [],
        ends: [],
      };
      if (known === undefined) {
        places.set(place, node.id);
        nodes.push(node);
        (parent?.children ?? roots).push(node.id);
      }
      node.chains.push(chain);
      node.reward ??= rewards[index];
      parent = node;
    }
    parent?.ends.push(chain);
  }
  return { nodes, roots };
}

/** A chain's path, from its first step on. */
export function pathOf({ nodes, roots }: PrefixTree, chain: number): readonly number[] {
  const path: number[] = [];
  let next: readonly number[] = roots;
  for (;;) {
    const id = next.find((one) => nodes[one]?.chains.includes(chain));
    const node = id === undefined ? undefined : nodes[id];
    if (node === undefined) {
      return path;
    }
    path.push(node.id);
    next = node.children;
  }
}

/** Where a chain that lost leaves the path of the one that won. */
export interface LosingFork {
  /** `nodes` index of its first own step. */
  readonly node: number;
  /** `nodes` index of the winner's step in its place; undefined when the winner ends before it. */
  readonly winnerNode: number | undefined;
  /** `nodes` index of its lowest step from there on, the first of equals; undefined when none has a reward. */
  readonly lowest: number | undefined;
}

/** Whether the loser's own step is known to score lower than the winner's in its place: then it lost there. */
export function losesAtFork({ nodes }: PrefixTree, { node, winnerNode }: LosingFork): boolean {
  const own = nodes[node]?.reward;
  const other = winnerNode === undefined ? undefined : nodes[winnerNode]?.reward;
  return own !== undefined && other !== undefined && own < other;
}

/** Undefined when every step of the loser is the winner's too. */
export function losingFork(tree: PrefixTree, winner: number, loser: number): LosingFork | undefined {
  const [won, lost] = [pathOf(tree, winner), pathOf(tree, loser)];
  const at = lost.findIndex((node, depth) => node !== won[depth]);
  const node = lost[at];
  if (node === undefined) {
    return undefined;
  }
  const rewardOf = (id: number | undefined) => (id === undefined ? undefined : tree.nodes[id]?.reward);
  let lowest: number | undefined;
  for (const id of lost.slice(at)) {
    const reward = rewardOf(id);
    if (reward !== undefined && reward < (rewardOf(lowest) ?? Number.POSITIVE_INFINITY)) {
      lowest = id;
    }
  }
  return { node, winnerNode: won[at], lowest };
}
