/** What ONNX Runtime makes of a graph whose weights are dequantized at load: read from the graph that it optimized. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InferenceSession } from "onnxruntime-node";
import { afterAll, expect, it } from "vitest";
import { float32 } from "./float32.ts";
import { graphOf, nodesOf } from "./testing/change-graph.ts";
import { convertInMemory } from "./testing/converted-models.ts";

const FIXTURE = "e2e/fixtures/checkpoints/tiny-trl-prm";
const scratch = mkdtempSync(join(tmpdir(), "stepscope-kernels-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

it.each(["q4", "q8", "q4f16"] as const)(
  "%s weights are float32 constants once the session is open",
  async (dtype) => {
    const files = Object.fromEntries(
      readdirSync(FIXTURE).map((name) => [name, new Uint8Array(readFileSync(join(FIXTURE, name)))]),
    );
    const model = await convertInMemory(files, "trl-prm", dtype);
    const products = nodesOf(graphOf(model.graph), "MatMulNBits").length;
    const { graph } = await float32.rewrite(model);
    const optimizedModelFilePath = join(scratch, `${dtype}.onnx`);
    const session = await InferenceSession.create(graph, {
      externalData: [...model.files].map(([path, data]) => ({ path, data })),
      extra: float32.sessionExtra,
      optimizedModelFilePath,
      graphOptimizationLevel: "extended",
      logSeverityLevel: 3,
    });
    await session.release();
    const optimized = graphOf(new Uint8Array(readFileSync(optimizedModelFilePath)));
    for (const operator of ["DequantizeLinear", "MatMulNBits", "DynamicQuantizeMatMul"]) {
      expect(nodesOf(optimized, operator)).toEqual([]);
    }
    const float = 1;
    const constants = new Map((optimized.initializer ?? []).map(({ name, dataType }) => [name, dataType]));
    const multiplied = ["MatMul", "FusedMatMul", "Gemm"].flatMap((operator) => nodesOf(optimized, operator));
    const withConstants = multiplied.filter(({ input }) => constants.get(input?.[1]) === float);
    expect(withConstants.length).toBeGreaterThanOrEqual(products);
  },
);
