/**
 * ONNX Runtime's own attention, with outputs of this run's tokens alone. A graph as it is stored returns keys and
 * values of all tokens, and a runtime that copies outputs, as Node's does, copies them all in every run.
 */
import { ELEMENT } from "../convert/onnx-graph.ts";
import { AppError } from "../core/errors.ts";
import type { AttentionForm } from "./attention-form.ts";
import { type GraphEdit, type GraphNode, ints } from "./graph-edit.ts";
import { CACHE_AXES, type KernelSet } from "./kernel-set.ts";
import { inputOf, malformedNode } from "./node-form.ts";
import { replaceAttention } from "./replace-attention.ts";
import { rewriteGraph } from "./rewrite.ts";
import { stored } from "./stored.ts";

/** Of GroupQueryAttention's inputs: tokens of this run and of the cache together, a scalar or `[1]` in int32. */
const TOTAL_INPUT = 6;

const LENGTH_AXIS = 2;

/** Where this run's rows lie among those of all tokens, as `[1]`. */
function placeOfRun(graph: GraphEdit, node: GraphNode, { query, keyValue }: AttentionForm) {
  const total = inputOf(node, TOTAL_INPUT);
  if (total === undefined) {
    throw malformedNode(node, "is not told how many tokens there are");
  }
  const end = graph.shared("run_end", (name) => {
    const wide = graph.add("Cast", [total], `${name}.int64`, { to: ELEMENT.int64 });
    return graph.add("Reshape", [wide, graph.constant("vector", ints(1))], name);
  });
  const start = graph.shared("run_start", (name) => {
    const shape = graph.add("Shape", [keyValue?.key ?? query], `${name}.shape`);
    const tokens = graph.add("Gather", [shape, graph.constant("tokens_axis", ints(1))], `${name}.tokens`);
    return graph.add("Sub", [end, tokens], name);
  });
  return { start, end };
}

async function returnOwnRows(graph: GraphEdit): Promise<void> {
  const count = await replaceAttention(graph, (form, node) => {
    const { output, kvHeads, headDim, past, present } = form;
    const { start, end } = placeOfRun(graph, node, form);
    const axis = graph.constant("length_axis", ints(LENGTH_AXIS));
    const all = graph.fresh(`${present.key}.all`, `${present.value}.all`);
    graph.addNode({ ...node, output: [output, ...all] });
    for (const [index, side] of (["key", "value"] as const).entries()) {
      graph.addNamed("Slice", [all[index] ?? "", start, end, axis], [present[side]]);
      graph.reshapeValue(past[side], ["batch_size", kvHeads, CACHE_AXES.capacity, headDim]);
      graph.reshapeValue(present[side], ["batch_size", kvHeads, "sequence_length", headDim]);
    }
  });
  if (count === 0) {
    throw new AppError("unsupported-model", "the graph has no GroupQueryAttention");
  }
}

export const ownRows = {
  id: "own-rows",
  label: "new keys and values only",
  isExact: true,
  cacheLayout: "head-major-rows",
  weightBytes: stored.weightBytes,
  rewrite: (source) => rewriteGraph(source, stored.weightBytes, { attention: returnOwnRows }),
} as const satisfies KernelSet;
