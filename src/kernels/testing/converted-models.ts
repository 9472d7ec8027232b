/** Checkpoints converted in memory. */
import { planDecoder } from "../../convert/architectures/index.ts";
import { openCheckpoint } from "../../convert/checkpoint.ts";
import { convert } from "../../convert/convert.ts";
import { schemeById } from "../../convert/quantize/index.ts";
import { memoryFiles } from "../../convert/testing/memory-files.ts";
import { memorySink } from "../../convert/testing/memory-sink.ts";
import { multiplySlowly } from "../../convert/testing/multiply-slowly.ts";
import { assertDefined } from "../../core/assert.ts";
import type { DtypeId } from "../../core/dtypes.ts";
import { protocolById } from "../../core/protocols/index.ts";
import type { GraphSource } from "../kernel-set.ts";

/** A graph with the files beside it, by name. */
export interface TestModel extends GraphSource {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Token ids that the embedding has a row for. */
  readonly vocabulary: number;
}

export function testModel(
  graph: Uint8Array,
  files: ReadonlyMap<string, Uint8Array>,
  vocabulary: number,
): TestModel {
  return {
    graph,
    files,
    vocabulary,
    read: async (location, offset, length) =>
      assertDefined(files.get(location), location).slice(offset, offset + length),
  };
}

/** Ids of as many candidates as a language-model head may have. */
const CANDIDATES = [17, 4, 99, 23];

/** @param checkpoint Files by path. */
export async function convertInMemory(
  checkpoint: Readonly<Record<string, Uint8Array>>,
  protocolId: string,
  dtype: DtypeId,
): Promise<TestModel> {
  const files = memoryFiles({ "tokenizer.json": new Uint8Array(), ...checkpoint });
  const config = JSON.parse(
    new TextDecoder().decode(assertDefined(checkpoint["config.json"], "config.json")),
  );
  const memory = memorySink();
  const protocol = protocolById(protocolId);
  const candidates = protocol.head.kind === "lm-rows" ? protocol.head.candidates.length : 0;
  const request = {
    files,
    checkpoint: await openCheckpoint(files),
    config,
    plan: planDecoder(config),
    protocol,
    scheme: schemeById(dtype),
    candidateIds: CANDIDATES.slice(0, candidates),
    sequences: [[1, 2, 3, 4, 5, 6, 7, 8]],
  };
  const ctx = { signal: new AbortController().signal, emit: () => undefined };
  await convert(request, memory.sink, multiplySlowly, ctx);
  const written = new Map([...memory.written].map(([path, bytes]) => [path.replace("onnx/", ""), bytes]));
  const [name = "", graph] = assertDefined(
    [...written].find(([path]) => path.endsWith(".onnx")),
    "graph",
  );
  written.delete(name);
  return testModel(graph, written, request.plan.vocabularySize);
}
