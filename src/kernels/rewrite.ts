import { GraphEdit } from "./graph-edit.ts";
import type { GraphSource, KernelSet, RewrittenGraph } from "./kernel-set.ts";
import { spellOutAttention } from "./spell-out-attention.ts";
import { weightFactsIn } from "./weight-facts.ts";

/**
 * What all sets have in common: the graph is read once, attention is spelled out, and then products are changed.
 * @param changeProducts Returns the external data it made anew, if any.
 * @throws AppError `malformed-file` | `unsupported-model`, naming the node; what `changeProducts` throws.
 */
export async function rewriteGraph(
  { graph: bytes }: GraphSource,
  weightBytes: KernelSet["weightBytes"],
  changeProducts: (graph: GraphEdit) => Promise<RewrittenGraph["added"]>,
): Promise<RewrittenGraph> {
  const graph = new GraphEdit(bytes);
  const facts = weightFactsIn(graph);
  await spellOutAttention(graph);
  const added = await changeProducts(graph);
  return {
    graph: graph.encode(),
    weightBytes: weightBytes(facts),
    ...(added === undefined ? {} : { added }),
  };
}
