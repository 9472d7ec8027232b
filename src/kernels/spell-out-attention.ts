/**
 * Attention as matrix products: GroupQueryAttention's kernel is scalar code in ONNX Runtime's WebAssembly build, where
 * it takes most of a pass, and products are not. Heads that share keys and values are one product,
 * `[kvHeads, group * tokens, headDim]` by `[kvHeads, total, headDim]`. The cache becomes token-major (`RowsLayout`).
 * Positions follow from the length of the cache: the batch is 1, without padding.
 */
import { ELEMENT } from "../convert/onnx-graph.ts";
import type { AttentionForm } from "./attention-form.ts";
import { CONTRIB, type GraphEdit, ints } from "./graph-edit.ts";
import { CACHE_AXES } from "./kernel-set.ts";
import { replaceAttention } from "./replace-attention.ts";

/** Added to the scores of tokens that are not seen: far below any score, and finite. */
const HIDDEN = -1e30;

const int = (value: number) => BigInt64Array.of(BigInt(value));

/** Replaces every GroupQueryAttention. @throws AppError `malformed-file` | `unsupported-model`, naming the node. */
export async function spellOutAttention(graph: GraphEdit): Promise<void> {
  await replaceAttention(graph, (form) => addAttention(graph, form));
}

/** Lengths of this run, from the first attention's own inputs: scalars, and `[1]` for joining into shapes. */
interface Lengths {
  readonly past: string;
  readonly pastVector: string;
  readonly total: string;
  readonly totalVector: string;
}

function lengthsOf(graph: GraphEdit, { query, past }: AttentionForm): Lengths {
  const one = () => graph.constant("one", int(1), []);
  const first = graph.constant("first_axis", ints(0));
  const lengthOf = (value: string, name: string) =>
    graph.shared(name, () => {
      const shape = graph.add("Shape", [value], `${name}.shape`);
      return graph.add("Gather", [shape, one()], name, { axis: 0 });
    });
  const pastLength = lengthOf(past.key, "past_length");
  const tokens = lengthOf(query, "run_length");
  const total = graph.shared("cached_length", (name) => graph.add("Add", [pastLength, tokens], name));
  const vector = (length: string, name: string) =>
    graph.shared(name, () => graph.add("Unsqueeze", [length, first], name));
  return {
    past: pastLength,
    pastVector: vector(pastLength, "past_length.vector"),
    total,
    totalVector: vector(total, "cached_length.vector"),
  };
}

/** What is added to scores, `[tokens, total]`: 0 for what a token sees. */
function addBias(graph: GraphEdit, { past, total }: Lengths, window: number | undefined): string {
  return graph.shared(`attention_bias${window === undefined ? "" : `.${window}`}`, (name) => {
    const one = graph.constant("one", int(1), []);
    const zero = graph.constant("zero", int(0), []);
    const queries = graph.add("Range", [past, total, one], `${name}.queries`);
    const keys = graph.add("Range", [zero, total, one], `${name}.keys`);
    const column = graph.add("Unsqueeze", [queries, graph.constant("last_axis", ints(1))], `${name}.column`);
    let seen = graph.add("LessOrEqual", [keys, column], `${name}.causal`);
    if (window !== undefined) {
      const width = graph.constant(`window.${window}`, int(window), []);
      const before = graph.add("Sub", [column, width], `${name}.before`);
      const near = graph.add("Greater", [keys, before], `${name}.near`);
      seen = graph.add("And", [seen, near], `${name}.seen`);
    }
    const nothing = graph.constant("nothing", Float32Array.of(0), []);
    const hidden = graph.constant("hidden", Float32Array.of(HIDDEN), []);
    return graph.add("Where", [seen, nothing, hidden], name);
  });
}

/** Queries, keys and values of a node, each `[1, tokens, heads * headDim]`. */
function splitPacked(graph: GraphEdit, form: AttentionForm) {
  const { query, keyValue, heads, kvHeads, headDim, output } = form;
  if (keyValue !== undefined) {
    return { query, ...keyValue };
  }
  const sizes = [heads, kvHeads, kvHeads].map((count) => count * headDim);
  const outputs = graph.fresh(`${output}.query`, `${output}.key`, `${output}.value`);
  const widths = graph.constant(`widths.${sizes.join("-")}`, ints(...sizes));
  graph.addNamed("Split", [query, widths], outputs, { axis: -1 });
  const [q, key, value] = outputs;
  return { query: q, key, value };
}

/** Adds what stands for one node. Everything but the cache is computed in float32. */
function addAttention(graph: GraphEdit, form: AttentionForm): void {
  const { heads, kvHeads, headDim, past, present, output, type, rotary } = form;
  const group = heads / kvHeads;
  const lengths = lengthsOf(graph, form);
  const isHalf = type === "float16";
  const cast = (value: string, to: number, name: string) =>
    isHalf ? graph.add("Cast", [value], name, { to }) : value;
  const toFloat = (value: string, name: string) => cast(value, ELEMENT.float, `${name}.float32`);
  const table = (value: string) => graph.shared(`${value}.float32`, () => toFloat(value, value));

  const rotated = (value: string, count: number, name: string) =>
    rotary === undefined
      ? value
      : graph.add(
          "RotaryEmbedding",
          [value, lengths.pastVector, table(rotary.cos), table(rotary.sin)],
          `${name}.rotated`,
          {
            num_heads: count,
            interleaved: rotary.isInterleaved ? 1 : 0,
            ...(rotary.width === headDim ? {} : { rotary_embedding_dim: rotary.width }),
          },
          CONTRIB,
        );
  const byHead = (value: string, count: number, name: string) =>
    graph.add(
      "Reshape",
      [value, graph.constant(`heads.${count}x${headDim}`, ints(1, -1, count, headDim))],
      name,
    );
  const headsFirst = (value: string, name: string) =>
    graph.add("Transpose", [value], `${name}.heads_first`, { perm: [0, 2, 1, 3] });
  /** This run's rows go out, those of all tokens so far come back, `[1, kvHeads, total, headDim]`. */
  const cached = (rows: string, side: "key" | "value", name: string) => {
    const shape = graph.constant(`heads.${kvHeads}x${headDim}`, ints(1, -1, kvHeads, headDim));
    graph.addNamed("Reshape", [rows, shape], [present[side]]);
    graph.reshapeValue(past[side], ["batch_size", CACHE_AXES.past, kvHeads, headDim]);
    graph.reshapeValue(present[side], ["batch_size", "sequence_length", kvHeads, headDim]);
    const all = graph.add("Concat", [past[side], present[side]], `${name}.all`, { axis: 1 });
    return headsFirst(toFloat(all, name), name);
  };

  const { query, key, value } = splitPacked(graph, form);
  const [queryName, keyName, valueName] = [`${output}.query`, `${output}.key`, `${output}.value`];
  const queries = headsFirst(
    byHead(rotated(toFloat(query, queryName), heads, queryName), heads, `${queryName}.by_head`),
    queryName,
  );
  const groups = graph.constant(`groups.${kvHeads}x${headDim}`, ints(1, kvHeads, -1, headDim));
  const grouped = graph.add("Reshape", [queries, groups], `${queryName}.grouped`);
  const newKeys = cast(
    rotated(toFloat(key, keyName), kvHeads, keyName),
    ELEMENT.float16,
    `${keyName}.float16`,
  );
  const keys = cached(newKeys, "key", keyName);
  const values = cached(value, "value", valueName);

  const scores = graph.add(
    "FusedMatMul",
    [grouped, keys],
    `${output}.scores`,
    { transB: 1, alpha: { float: form.scale } },
    CONTRIB,
  );
  // The bias is the same for all heads, and so added where each has an axis of its own.
  const shapeOf = (name: string, ...dims: number[]) =>
    graph.shared(`${name}.shape`, (shape) => {
      const known = graph.constant(name, ints(...dims));
      return graph.add("Concat", [known, lengths.totalVector], shape, { axis: 0 });
    });
  const apart = shapeOf(`scores.${kvHeads}x${group}`, 1, kvHeads, group, -1);
  const together = shapeOf(`scores.${kvHeads}`, 1, kvHeads, -1);
  const byQuery = graph.add("Reshape", [scores, apart], `${output}.scores.by_head`);
  const bias = addBias(graph, lengths, form.window);
  const biased = graph.add("Add", [byQuery, bias], `${output}.scores.biased`);
  const softmax = graph.add("Softmax", [biased], `${output}.weights.by_head`, { axis: -1 });
  const weights = graph.add("Reshape", [softmax, together], `${output}.weights`);

  const attended = graph.add("MatMul", [weights, values], `${output}.grouped`);
  const split = graph.constant(`all_heads.${heads}x${headDim}`, ints(1, heads, -1, headDim));
  const apartAgain = graph.add("Reshape", [attended, split], `${output}.by_head`);
  const tokensFirst = graph.add("Transpose", [apartAgain], `${output}.tokens_first`, { perm: [0, 2, 1, 3] });
  const joined = graph.constant(`joined.${heads * headDim}`, ints(1, -1, heads * headDim));
  if (isHalf) {
    const whole = graph.add("Reshape", [tokensFirst, joined], `${output}.float32`);
    graph.addNamed("Cast", [whole], [output], { to: ELEMENT.float16 });
  } else {
    graph.addNamed("Reshape", [tokensFirst, joined], [output]);
  }
}
