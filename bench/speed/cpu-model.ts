/** The embedded model in this process, on the CPU. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { folderGraph } from "../../src/cli/folder-graph.ts";
import { cpuCandidates, nodeHost } from "../../src/cli/node-host.ts";
import { assertDefined } from "../../src/core/assert.ts";
import type { ScoreRequest } from "../../src/core/scorer.ts";
import type { ScoredTrace } from "../../src/core/trace.ts";
import type { Milliseconds } from "../../src/core/units.ts";
import type { ProvidedModel } from "../../src/engine/host.ts";
import { type OpenModel, openModel } from "../../src/engine/open-model.ts";
import { scoreTrace } from "../../src/engine/score-trace.ts";
import { loadTokenizer } from "../../src/engine/tokenizer.ts";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** What a bench makes for itself; git ignores it. */
export const BUILT = join(ROOT, "bench/.built");
export const MODEL_ID = "stepscope-prm";
export const MODEL_FOLDER = join(ROOT, "public/models", MODEL_ID);
export const GRAPH_FILE = "onnx/model_q4.onnx";

export const QUIET = { signal: new AbortController().signal, emit: () => undefined };

export function provideModel(): Promise<ProvidedModel> {
  return nodeHost.provideModel({ id: MODEL_ID, location: MODEL_FOLDER }, QUIET);
}

/** @param folder Holds another graph of the same model; absent: the model's own. */
export async function openOnCpu(
  provided: ProvidedModel,
  threads: number,
  folder = provided.pretrainedId,
): Promise<OpenModel> {
  const tokenizer = await loadTokenizer(provided);
  const graph = assertDefined(folderGraph(folder, provided.manifest), "the model's graph");
  const candidate = assertDefined(cpuCandidates(threads)[0], "a way to run it");
  return openModel({ ...provided, pretrainedId: folder, graph }, candidate, tokenizer);
}

export interface Timed {
  /** All that a person waits for: rendering, tokenizing, the passes and reading the rewards. */
  readonly duration: Milliseconds;
  readonly trace: ScoredTrace;
}

/** Scores with what the pool still has of earlier chains. */
export async function scoreOn(
  { scoring }: OpenModel,
  request: ScoreRequest,
  chunkTokens?: number,
): Promise<Timed> {
  const started = performance.now();
  const trace = await scoreTrace(scoring, request, QUIET, chunkTokens === undefined ? {} : { chunkTokens });
  return { duration: performance.now() - started, trace };
}

/** Scores as if nothing had been scored before. */
export function scoreFresh(model: OpenModel, request: ScoreRequest, chunkTokens?: number): Promise<Timed> {
  model.scoring.pool.clear();
  return scoreOn(model, request, chunkTokens);
}
