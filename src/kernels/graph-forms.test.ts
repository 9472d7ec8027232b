/** Graphs in every form that is rewritten, and those that are refused. */

import { beforeAll, describe, expect, it, vi } from "vitest";
import { type RandomCheckpoint, randomCheckpoint } from "../convert/testing/random-checkpoint.ts";
import type { DtypeId } from "../core/dtypes.ts";
import { cacheShapeOf } from "./cache-shape.ts";
import { GraphEdit } from "./graph-edit.ts";
import { KERNEL_SETS, kernelSetById } from "./index.ts";
import { changeGraph, graphOf, nodesOf, packProjections, setInt } from "./testing/change-graph.ts";
import { convertInMemory, type TestModel } from "./testing/converted-models.ts";
import { openRewritten, openStored } from "./testing/run-graph.ts";
import { weightFactsIn } from "./weight-facts.ts";

/** Matrices of 3, 2 and 5 blocks a row, the last cut off; one that can be rotated. */
const SPEC: RandomCheckpoint = {
  modelType: "llama",
  hiddenSize: 96,
  intermediateSize: 144,
  layers: 2,
  heads: 4,
  keyValueHeads: 2,
  headSize: 16,
  vocabularySize: 120,
  head: { "score.weight": [2, 96], "score.bias": [2] },
  stored: "F32",
};

const IDS = Array.from({ length: 33 }, (_, index) => (5 + index * 31) % SPEC.vocabularySize);
const CHUNKS = [7, 1, 20, 5];

function convertRandom(spec: RandomCheckpoint, dtype: DtypeId): Promise<TestModel> {
  const { config, weights } = randomCheckpoint(spec, 11);
  const files = {
    "config.json": new TextEncoder().encode(JSON.stringify(config)),
    "model.safetensors": weights,
  };
  return convertInMemory(files, "trl-prm", dtype);
}

vi.setConfig({ testTimeout: 60_000 });

let q4: TestModel;
beforeAll(async () => {
  q4 = await convertRandom(SPEC, "q4");
});

/** Largest difference of every set's logits from the stored graph's. */
async function differences(model: TestModel): Promise<Record<string, number>> {
  const reference = await (await openStored(model))(IDS, [IDS.length]);
  const found: Record<string, number> = {};
  for (const set of KERNEL_SETS) {
    const logits = await (await openRewritten(model, set))(IDS, CHUNKS);
    found[set.id] = Math.max(...logits.map((value, at) => Math.abs(value - (reference[at] ?? Number.NaN))));
  }
  return found;
}

async function expectSame(model: TestModel): Promise<void> {
  const { "own-rows": ownRows, stored, float32, int8 } = await differences(model);
  expect(ownRows).toBeLessThan(1e-5);
  expect(stored).toBeLessThan(1e-4);
  expect(float32).toBeLessThan(1e-4);
  expect(int8).toBeLessThan(0.3);
}

describe("logits are those of the stored graph", () => {
  it.each(["q4", "q8"] as const)(
    "with odd numbers of blocks and a block that is cut off, as %s",
    async (dtype) => {
      await expectSame(await convertRandom(SPEC, dtype));
    },
  );

  it.each(["q4", "q8"] as const)("without zero points, as %s", async (dtype) => {
    const model = changeGraph(await convertRandom(SPEC, dtype), (graph) => {
      for (const node of nodesOf(graph, "MatMulNBits")) {
        node.input = (node.input ?? []).slice(0, 3);
      }
    });
    await expectSame(model);
  });

  it.each([1, 5, 12, 40])("with a sliding window of %d", async (window) => {
    const model = changeGraph(q4, (graph) => {
      for (const node of nodesOf(graph, "GroupQueryAttention")) {
        setInt(node, "local_window_size", window);
      }
    });
    await expectSame(model);
  });

  it("with queries, keys and values in one tensor", async () => {
    await expectSame(changeGraph(q4, packProjections));
  });

  it("with rotated pairs beside each other", async () => {
    const model = changeGraph(q4, (graph) => {
      for (const node of nodesOf(graph, "GroupQueryAttention")) {
        setInt(node, "rotary_interleaved", 1);
      }
    });
    await expectSame(model);
  });

  it("without rotary positions, and with as many keys as queries", async () => {
    const model = changeGraph(await convertRandom({ ...SPEC, keyValueHeads: 4 }, "q4"), (graph) => {
      for (const node of nodesOf(graph, "GroupQueryAttention")) {
        setInt(node, "do_rotary", 0);
        node.input = (node.input ?? []).slice(0, 7);
      }
    });
    await expectSame(model);
  });

  it("with one matrix in several products", async () => {
    const model = changeGraph(q4, (graph) => {
      const [first, second] = ["gate_proj", "up_proj"].map((name) =>
        nodesOf(graph, "MatMulNBits").find((node) => node.name?.includes(name)),
      );
      if (first !== undefined && second !== undefined) {
        second.input = [...(second.input ?? []).slice(0, 1), ...(first.input ?? []).slice(1)];
      }
    });
    await expectSame(model);
  });

  it("with an older opset, which is raised where that changes nothing", async () => {
    const older = changeGraph(q4, () => undefined, 17);
    await expectSame(older);
    const { graph } = await kernelSetById("float32").rewrite(older);
    expect(nodesOf(graphOf(graph), "DequantizeLinear")).not.toEqual([]);
  });

  it("with an operator that newer opsets have changed, whose weights stay as they are", async () => {
    // Axes are an attribute here, and an input from opset 18 on.
    const older = changeGraph(
      q4,
      ({ node }) => node?.push({ opType: "ReduceMax", input: ["input_ids"], output: ["unused"] }),
      17,
    );
    await expectSame(older);
    const { graph, added } = await kernelSetById("int8").rewrite(older);
    expect(nodesOf(graphOf(graph), "MatMulNBits")).toHaveLength(14);
    expect(added).toBeUndefined();
  });
});

describe("a graph that says something else of itself", () => {
  const attention = (change: (node: ReturnType<typeof nodesOf>[number]) => void) => (model: TestModel) =>
    changeGraph(model, (graph) => nodesOf(graph, "GroupQueryAttention").slice(1).forEach(change));
  const layer1 = 'node GroupQueryAttention "layers.1.self_attn.out"';

  it.each([
    [
      "an attribute",
      (node) => setInt(node, "k_quant_type", 1),
      "unsupported-model",
      "has the attribute k_quant_type",
    ],
    ["a cap", (node) => setInt(node, "softcap", 1), "unsupported-model", "has the attribute softcap"],
    ["an input", (node) => node.input?.push("", "bias"), "unsupported-model", "has an input 10"],
    ["an output", (node) => node.output?.push("qk"), "unsupported-model", "has more than 3 outputs"],
    ["heads", (node) => setInt(node, "num_heads", 3), "malformed-file", "has 3 heads that share 2"],
    ["a cache", (node) => setInt(node, "kv_num_heads", 1), "malformed-file", "its cache has another shape"],
    ["tables", (node) => node.input?.splice(7), "malformed-file", "rotates without tables"],
    ["keys", (node) => node.input?.splice(1, 1, ""), "malformed-file", "lacks an input"],
    ["a past", (node) => node.input?.splice(3, 1, "cos"), "unsupported-model", "keeps no keys and values"],
  ] satisfies [string, Parameters<typeof attention>[0], string, string][])(
    "attention with other %s is refused",
    async (_, change, code, message) => {
      for (const set of KERNEL_SETS) {
        await expect(set.rewrite(attention(change)(q4))).rejects.toMatchObject({
          code,
          message: expect.stringMatching(`^${layer1} .*${message}`),
        });
      }
    },
  );

  it.each([
    ["N", 97],
    ["K", 128],
    ["block_size", 64],
  ])("a product with another %s is refused where its weights are made anew", async (name, value) => {
    const model = changeGraph(q4, (graph) => {
      for (const node of nodesOf(graph, "MatMulNBits").slice(3)) {
        setInt(node, name, value);
      }
    });
    for (const id of ["float32", "int8"] as const) {
      await expect(kernelSetById(id).rewrite(model)).rejects.toMatchObject({
        code: "malformed-file",
        message: expect.stringMatching(
          /^node MatMulNBits "layers\.0\.self_attn\.o_proj\.out" needs \d+ bytes of/,
        ),
      });
    }
  });

  it("a file of weights that is too short is refused with the tensor", async () => {
    const short = { ...q4, read: async () => new Uint8Array(3) };
    for (const id of ["float32", "int8"] as const) {
      await expect(kernelSetById(id).rewrite(short)).rejects.toMatchObject({
        code: "malformed-file",
        message: expect.stringMatching(/^tensor "layers\.0\.\S+" has 3 bytes, and its shape needs \d+/),
      });
    }
  });

  it.each([
    ["no graph", new Uint8Array()],
    ["no model", new TextEncoder().encode("no model at all")],
  ])("%s is refused", async (_, graph) => {
    for (const set of KERNEL_SETS) {
      await expect(set.rewrite({ ...q4, graph })).rejects.toMatchObject({ code: "malformed-file" });
    }
  });

  it("a cache of different layers is refused", () => {
    const { graph } = changeGraph(q4, ({ input }) => {
      for (const one of input?.filter(({ name }) => name === "past_key_values.1.key") ?? []) {
        one.name = "past_key_values.2.key";
      }
    });
    expect(() => cacheShapeOf(graph)).toThrow("and no past_key_values.1.key");
  });
});

describe("rewriting", () => {
  it("leaves out the weights that it replaced", async () => {
    const { graph } = await kernelSetById("int8").rewrite(q4);
    const names = (graphOf(graph).initializer ?? []).map(({ name }) => name);
    const read = new Set((graphOf(graph).node ?? []).flatMap(({ input }) => input ?? []));
    expect(names.filter((name) => !read.has(name ?? ""))).toEqual([]);
    expect(names).toContain("layers.0.mlp.gate_proj.q");
    expect(names).toContain("layers.0.self_attn.o_proj.q.int8");
    expect(names).not.toContain("layers.0.self_attn.o_proj.q");
  });

  it("stops between tensors", async () => {
    const stop = new AbortController();
    const source = {
      ...q4,
      read: (...place: Parameters<TestModel["read"]>) => {
        stop.abort();
        return q4.read(...place);
      },
    };
    await expect(kernelSetById("int8").rewrite(source, stop.signal)).rejects.toMatchObject({
      code: "cancelled",
    });
  });

  it("tells the cache and the memory of the weights", async () => {
    expect(cacheShapeOf(q4.graph)).toEqual({ layers: 2, kvHeads: 2, headDim: 16, type: "float32" });
    const facts = weightFactsIn(new GraphEdit(q4.graph));
    expect(facts.matrices).toHaveLength(14);
    const stored = [...q4.files.values()].reduce((sum, { length }) => sum + length, 0);
    const bytes = (id: Parameters<typeof kernelSetById>[0]) => kernelSetById(id).weightBytes(facts);
    // Files begin tensors on pages; the graph holds a few constants.
    expect(bytes("stored")).toBeLessThan(stored + 100);
    expect(bytes("stored")).toBeGreaterThan(stored / 3);
    const { added } = await kernelSetById("int8").rewrite(q4);
    const replaced = facts.matrices.filter(({ columns }) => columns % 64 === 0);
    const kept = replaced.reduce((sum, matrix) => sum + matrix.bytes, 0);
    const made = bytes("int8") - bytes("stored") + kept;
    expect(replaced).toHaveLength(2);
    expect(Math.abs((added?.data.size ?? 0) - made)).toBeLessThan(64 * 2 * replaced.length);
  });
});
