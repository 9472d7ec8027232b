/** Sequences that begin alike, as a tree: what they share is computed once, as nothing after a token changes it. */
import { assertDefined } from "../core/assert.ts";

/** Index of a token in the tree, over all sequences. */
type Node = number;

export interface TokenTree {
  /** Token ids by node. A node's parents come before it. */
  readonly ids: readonly number[];
  /** Nodes on the way from the first token to a node, itself included: what it attends to. */
  readonly paths: readonly (readonly Node[])[];
  /** The nodes of each sequence. */
  readonly sequences: readonly (readonly Node[])[];
}

export function growTokenTree(sequences: readonly (readonly number[])[]): TokenTree {
  const ids: number[] = [];
  const paths: (readonly Node[])[] = [];
  const children = new Map<string, Node>();
  const grown = sequences.map((sequence) => {
    const nodes: Node[] = [];
    for (const id of sequence) {
      const key = `${nodes.at(-1) ?? "start"} ${id}`;
      if (!children.has(key)) {
        children.set(key, ids.length);
        paths.push([...nodes, ids.length]);
        ids.push(id);
      }
      nodes.push(assertDefined(children.get(key), "a node that was just made"));
    }
    return nodes;
  });
  return { ids, paths, sequences: grown };
}
