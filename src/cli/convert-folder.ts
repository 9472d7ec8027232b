/** One conversion on disk: checkpoint folder in, model folder out, with its canary measured on the way. */
import { rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { env, PreTrainedTokenizer } from "@huggingface/transformers";
import { planDecoder } from "../convert/architectures/index.ts";
import type { CheckpointFiles } from "../convert/byte-source.ts";
import { openCheckpoint } from "../convert/checkpoint.ts";
import {
  CONVERTER_VERSION,
  type ConvertProgress,
  type ConvertRequest,
  contextOf,
  convert,
} from "../convert/convert.ts";
import { detectProtocol } from "../convert/detect-protocol.ts";
import { schemeById } from "../convert/quantize/index.ts";
import type { Scheme } from "../convert/quantize/scheme.ts";
import { referenceLogits } from "../convert/reference-pass.ts";
import { Weights } from "../convert/weights.ts";
import { assertDefined } from "../core/assert.ts";
import { AppError } from "../core/errors.ts";
import { MANIFEST_FILE, type ManifestFile, type ModelManifest } from "../core/manifest.ts";
import { protocolById } from "../core/protocols/index.ts";
import type { Protocol } from "../core/protocols/protocol.ts";
import type { CallContext } from "../core/scorer.ts";
import type { ScoredTrace } from "../core/trace.ts";
import { multiply } from "../engine/multiply.ts";
import { openModel } from "../engine/open-model.ts";
import { canaryRewards } from "../engine/score-canary.ts";
import { scoreTrace } from "../engine/score-trace.ts";
import { checkTokens, createPromptTokenizer, type LoadedTokenizer } from "../engine/tokenizer.ts";
import { folderSink, openFolder } from "./folder-files.ts";
import { cpuCandidate } from "./node-host.ts";

/** A chain long enough (more than 64 tokens in any tokenizer) to catch shaders that fail on long prompts. */
const CANARY = {
  problem:
    "A shop buys a 50 kilogram sack of rice for $50 and sells the rice at $1.20 per kilogram. What is the profit on the sack?",
  steps: [
    "The shop sells 50 kilograms at $1.20 each, so it takes in 50 x 1.20 = $60.",
    "The sack cost $50, so the profit is 60 - 50 = $11.",
    "The answer is 11.",
  ],
};

/** What another device may add to the difference that quantization makes. */
const DEVICE_TOLERANCE = 0.01;

export interface ConvertOptions {
  readonly folder: string;
  readonly out: string;
  readonly dtype: string;
  readonly protocol?: string;
  readonly licence: string;
}

type ConvertContext = CallContext<ConvertProgress>;

export interface Converted {
  readonly manifest: ModelManifest;
  /** Largest difference of a canary reward from the checkpoint's own float32 pass. */
  readonly rewardError: number;
}

async function readJson(files: CheckpointFiles, path: string): Promise<Record<string, unknown>> {
  const source = await files.open(path);
  if (source === undefined) {
    throw new AppError("malformed-file", `${path} is missing`, { file: path });
  }
  try {
    return JSON.parse(new TextDecoder().decode(await source.read(0, source.size))) as Record<string, unknown>;
  } catch (cause) {
    throw new AppError("malformed-file", `${path} is not JSON`, { file: path }, cause);
  }
}

async function readTokenizer(files: CheckpointFiles): Promise<LoadedTokenizer> {
  const tokenizer = new PreTrainedTokenizer(
    await readJson(files, "tokenizer.json"),
    await readJson(files, "tokenizer_config.json"),
  );
  const template = await files.open("chat_template.jinja");
  const text = template && new TextDecoder().decode(await template.read(0, template.size));
  return createPromptTokenizer(tokenizer, text);
}

function candidateIds({ head }: Protocol, tokenizer: LoadedTokenizer): number[] {
  return head.kind === "lm-rows"
    ? head.candidates.map((text) => assertDefined(tokenizer.encodeText(text).at(-1), `token of ${text}`))
    : [];
}

/**
 * Converts, measures and writes the manifest last. The output folder must be new: it is removed on failure.
 * @throws AppError `bad-input` | `malformed-file` | `unsupported-model` | `cancelled`
 */
export async function convertFolder(options: ConvertOptions, ctx: ConvertContext): Promise<Converted> {
  const scheme = schemeById(options.dtype);
  const files = await openFolder(options.folder);
  try {
    const config = await readJson(files, "config.json");
    const plan = planDecoder(config);
    const checkpoint = await openCheckpoint(files, ctx.signal);
    const name = basename(options.folder);
    const protocol = protocolById(detectProtocol(checkpoint, plan, name, options.protocol));
    const tokenizer = await readTokenizer(files);
    checkTokens(protocol.checks, tokenizer);
    const request = {
      files,
      checkpoint,
      config,
      plan,
      protocol,
      candidateIds: candidateIds(protocol, tokenizer),
    };
    const { written, reference } = await convertAndMeasure(
      { ...request, scheme },
      tokenizer,
      options.out,
      ctx,
    );
    const draft = draftManifest(options, name, protocol, scheme, contextOf(plan, protocol), written);
    const own = await scoreCanary(options.out, draft, tokenizer);
    const rewardError = largestDifference(own, reference);
    const manifest: ModelManifest = {
      ...draft,
      canary: {
        ...CANARY,
        rewards: [...reference],
        tolerance: Math.min(rewardError + DEVICE_TOLERANCE, 1),
      },
    };
    await writeManifest(options.out, manifest);
    return { manifest, rewardError };
  } catch (thrown) {
    // What is left without a manifest is not a model; nothing of it is of use.
    await rm(options.out, { recursive: true, force: true });
    throw thrown;
  } finally {
    await files.close();
  }
}

/**
 * The conversion, and the canary's rewards by the checkpoint's own float32 pass, side by side: products run on
 * ONNX Runtime's threads while this one quantizes. When one fails the other is stopped and waited for.
 */
async function convertAndMeasure(
  request: ConvertRequest,
  tokenizer: LoadedTokenizer,
  out: string,
  ctx: ConvertContext,
): Promise<{ readonly written: readonly ManifestFile[]; readonly reference: readonly number[] }> {
  const { protocol, checkpoint } = request;
  const stop = new AbortController();
  const signal = AbortSignal.any([ctx.signal, stop.signal]);
  const weights = new Weights(checkpoint, signal);
  const converting = convert(request, folderSink(out), { ...ctx, signal });
  const measuring = canaryRewards(protocol, tokenizer, CANARY, (sequences) =>
    referenceLogits({ ...request, weights, head: protocol.head, sequences }, multiply),
  );
  try {
    const [written, reference] = await Promise.all([converting, measuring]);
    return { written, reference };
  } catch (thrown) {
    stop.abort();
    await Promise.allSettled([converting, measuring]);
    throw thrown;
  }
}

function draftManifest(
  { licence }: ConvertOptions,
  name: string,
  protocol: Protocol,
  scheme: Scheme,
  context: number,
  files: readonly ManifestFile[],
): ModelManifest {
  return {
    format: 1,
    id: name,
    name,
    protocol: protocol.id,
    dtype: scheme.id,
    context,
    threshold: protocol.threshold,
    licence,
    converter: CONVERTER_VERSION,
    files: [...files],
    canary: { ...CANARY, rewards: CANARY.steps.map(() => 0), tolerance: 0 },
  };
}

async function writeManifest(folder: string, manifest: ModelManifest): Promise<void> {
  const path = join(folder, MANIFEST_FILE);
  await writeFile(`${path}.partial`, `${JSON.stringify(manifest, null, 2)}\n`);
  await rename(`${path}.partial`, path);
}

function largestDifference(own: ScoredTrace, reference: readonly number[]): number {
  return Math.max(
    ...reference.map((reward, index) => Math.abs(reward - (own.steps[index]?.reward ?? Number.NaN))),
  );
}

/** Scores the canary with a folder that has no manifest yet. */
async function scoreCanary(
  folder: string,
  manifest: ModelManifest,
  tokenizer: LoadedTokenizer,
): Promise<ScoredTrace> {
  env.allowLocalModels = true;
  env.allowRemoteModels = false;
  const candidate = cpuCandidate();
  const model = await openModel(
    { manifest, pretrainedId: folder },
    candidate.info,
    await candidate.open(),
    tokenizer,
  );
  try {
    return await scoreTrace(model.scoring, CANARY, {
      signal: new AbortController().signal,
      emit: () => undefined,
    });
  } finally {
    await model.release();
  }
}
