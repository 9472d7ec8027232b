import { type AttentionForm, attentionForm } from "./attention-form.ts";
import { cacheShapeIn } from "./cache-shape.ts";
import type { GraphEdit, GraphNode } from "./graph-edit.ts";

/**
 * Goes through every GroupQueryAttention.
 * @param replace Adds what stands in a node's place.
 * @returns How many there were.
 * @throws AppError `malformed-file` | `unsupported-model`, naming the node; what `replace` throws.
 */
export async function replaceAttention(
  graph: GraphEdit,
  replace: (form: AttentionForm, node: GraphNode) => void,
): Promise<number> {
  // A cache whose layers differ, or are missing, would only fail once it is fed.
  cacheShapeIn(graph.inputs);
  // Read before any is replaced: whether others use the cache is seen only in the whole graph.
  const forms = new Map(
    graph.nodesOf("GroupQueryAttention").map((node) => [node, attentionForm(graph, node)]),
  );
  await graph.replace("GroupQueryAttention", (node) => {
    const form = forms.get(node);
    if (form !== undefined) {
      replace(form, node);
    }
    return form !== undefined;
  });
  return forms.size;
}
