/** The estimate of a converted model's size against what the converter writes. */
import { readdirSync, readFileSync } from "node:fs";
import { onnx } from "onnx-proto";
import { describe, expect, it } from "vitest";
import type { BaseModel } from "../core/base-models.ts";
import { convertedWeights } from "../core/model-estimate.ts";
import { protocolById } from "../core/protocols/index.ts";
import type { DecoderPlan } from "./architectures/architecture.ts";
import { planDecoder } from "./architectures/index.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { contextOf, convert } from "./convert.ts";
import { detectProtocol } from "./detect-protocol.ts";
import { SCHEMES } from "./quantize/index.ts";
import { memoryFiles } from "./testing/memory-files.ts";
import { memorySink } from "./testing/memory-sink.ts";
import { multiplySlowly } from "./testing/multiply-slowly.ts";

const CHECKPOINTS = new URL("../../e2e/fixtures/checkpoints/", import.meta.url);

/** Bytes of all weights of a model file, without what aligns them. */
function storedBytes(model: Uint8Array): number {
  const { graph } = onnx.ModelProto.decode(model);
  const lengths = (graph?.initializer ?? []).flatMap(({ externalData }) =>
    (externalData ?? []).filter(({ key }) => key === "length").map(({ value }) => Number(value)),
  );
  return lengths.reduce((sum, length) => sum + length, 0);
}

function baseOf(plan: DecoderPlan): BaseModel {
  return { ...plan, label: plan.modelType, tiesEmbeddings: false };
}

const CASES = readdirSync(CHECKPOINTS).flatMap((name) => SCHEMES.map((scheme) => [name, scheme.id] as const));

describe.each(CASES)("%s as %s", (name, dtype) => {
  it("takes the bytes that are estimated, or less where 8 bits are not wanted", async () => {
    const folder = new URL(`${name}/`, CHECKPOINTS);
    const files = memoryFiles(
      Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(new URL(file, folder))])),
    );
    const config = JSON.parse(readFileSync(new URL("config.json", folder), "utf8"));
    const [plan, checkpoint] = [planDecoder(config), await openCheckpoint(files)];
    const protocol = protocolById(detectProtocol(checkpoint, plan, name, undefined));
    const scheme = SCHEMES.find(({ id }) => id === dtype) ?? SCHEMES[0];
    const { sink, written } = memorySink();
    const sequences = [[1, 2, 3]];
    const request = { files, checkpoint, config, plan, protocol, scheme, candidateIds: [0, 1], sequences };
    await convert(request, sink, multiplySlowly, {
      signal: new AbortController().signal,
      emit: () => undefined,
    });
    const model = written.get(`onnx/model${scheme.suffix}.onnx`) ?? new Uint8Array();
    const estimated = convertedWeights(baseOf(plan), protocol.head, dtype, contextOf(plan, protocol));
    const budget = dtype.startsWith("q4") ? 0.05 : 0;
    expect(storedBytes(model)).toBeLessThanOrEqual(estimated);
    expect(storedBytes(model)).toBeGreaterThanOrEqual(estimated / (1 + budget));
  });
});
