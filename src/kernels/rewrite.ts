import { GraphEdit } from "./graph-edit.ts";
import type { GraphSource, KernelSet, RewrittenGraph } from "./kernel-set.ts";
import { weightFactsIn } from "./weight-facts.ts";

/** What a set does to a graph. */
export interface GraphChanges {
  attention(graph: GraphEdit): Promise<void>;
  /** Returns the external data it made anew, if any; absent: they stay as they are. */
  products?(graph: GraphEdit): Promise<RewrittenGraph["added"]>;
}

/**
 * What all sets have in common: the graph is read once, attention is changed, and then products are.
 * @throws AppError `malformed-file` | `unsupported-model`, naming the node; what the changes throw.
 */
export async function rewriteGraph(
  { graph: bytes }: GraphSource,
  weightBytes: KernelSet["weightBytes"],
  changes: GraphChanges,
): Promise<RewrittenGraph> {
  const graph = new GraphEdit(bytes);
  const facts = weightFactsIn(graph);
  await changes.attention(graph);
  const added = await changes.products?.(graph);
  return {
    graph: graph.encode(),
    weightBytes: weightBytes(facts),
    ...(added === undefined ? {} : { added }),
  };
}
