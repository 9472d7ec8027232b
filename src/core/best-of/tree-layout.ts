/** Places a prefix tree on a grid: a column a step, a row a leaf, and the first child in the row of its parent. */
import type { PrefixTree } from "./prefix-tree.ts";

export interface Place {
  readonly column: number;
  readonly row: number;
}

/** Where chains end: right of their last step. */
export interface EndPlace extends Place {
  /** `nodes` index of the last step. */
  readonly node: number;
  readonly chains: readonly number[];
}

export interface TreeLayout {
  /** By `nodes` index. */
  readonly places: readonly Place[];
  readonly ends: readonly EndPlace[];
  readonly rows: number;
  readonly columns: number;
}

/** What is still to be placed; `row` is that of its parent when it comes first below it. */
interface Pending {
  readonly id: number;
  readonly isEnd: boolean;
  readonly row: number | undefined;
}

/**
 * Lays the tree out. What lies on the favoured chain comes before its siblings, so that this chain is one straight
 * line at the top. Walks without recursion: chains may have thousands of steps.
 */
export function layoutTree({ nodes, roots }: PrefixTree, favoured: number | undefined): TreeLayout {
  const places: Place[] = nodes.map(({ step }) => ({ column: step, row: 0 }));
  const ends: EndPlace[] = [];
  let rows = 0;
  let columns = 0;
  const isFavoured = (chains: readonly number[] | undefined) =>
    favoured !== undefined && (chains?.includes(favoured) ?? false);
  /** What follows a node, or nothing yet, in the order in which it is drawn. */
  const followers = (children: readonly number[], endOf: number | undefined): Omit<Pending, "row">[] => {
    const all = children.map((id) => ({ id, isEnd: false }));
    const list = endOf === undefined ? all : [...all, { id: endOf, isEnd: true }];
    const chainsOf = ({ id, isEnd }: Omit<Pending, "row">) => (isEnd ? nodes[id]?.ends : nodes[id]?.chains);
    return list.sort((a, b) => Number(isFavoured(chainsOf(b))) - Number(isFavoured(chainsOf(a))));
  };
  const open: Pending[] = [];
  const push = (list: readonly Omit<Pending, "row">[], row: number | undefined) => {
    for (let index = list.length - 1; index >= 0; index -= 1) {
      const one = list[index];
      if (one !== undefined) {
        open.push({ ...one, row: index === 0 ? row : undefined });
      }
    }
  };
  push(followers(roots, undefined), undefined);
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const node = nodes[entry.id];
    if (node !== undefined) {
      const row = entry.row ?? rows;
      rows = Math.max(rows, row + 1);
      const column = entry.isEnd ? node.step + 1 : node.step;
      columns = Math.max(columns, column + 1);
      if (entry.isEnd) {
        ends.push({ node: node.id, column, row, chains: node.ends });
      } else {
        places[node.id] = { column, row };
        push(followers(node.children, node.ends.length > 0 ? node.id : undefined), row);
      }
    }
  }
  return { places, ends, rows, columns };
}
