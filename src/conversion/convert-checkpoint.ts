/**
 * A published checkpoint to a model that can be trusted: converts it, runs the checkpoint's own float32 forward
 * pass on a canary chain beside that, scores the canary with what was written, and writes the manifest last.
 * Until then the folder is not a model, so output that was stopped or failed never looks complete.
 */
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
import type { ModelSink } from "../convert/external-data.ts";
import { schemeById } from "../convert/quantize/index.ts";
import type { Scheme } from "../convert/quantize/scheme.ts";
import { referenceLogits } from "../convert/reference-pass.ts";
import { Weights } from "../convert/weights.ts";
import type { ManifestFile, ModelManifest } from "../core/manifest.ts";
import type { AddProgress } from "../core/model-library.ts";
import { protocolById } from "../core/protocols/index.ts";
import type { Protocol } from "../core/protocols/protocol.ts";
import type { CallContext } from "../core/scorer.ts";
import { checkProtocol } from "../engine/check-protocol.ts";
import { multiply } from "../engine/multiply.ts";
import { logitWidth } from "../engine/readout.ts";
import { canaryRewards } from "../engine/score-canary.ts";
import type { LoadedTokenizer } from "../engine/tokenizer.ts";
import { CANARY, canaryOf, checkMeasured, scoreCanary } from "./canary.ts";
import { writeManifest } from "./copy-model.ts";
import { candidateIds, readJson, readTokenizer } from "./read-tokenizer.ts";
import type { Workshop } from "./workshop.ts";

export interface ConversionOptions {
  /** Repository id or folder name; layouts that protocols share are told apart by it. */
  readonly name: string;
  /** One of `SCHEMES`. */
  readonly dtype: string;
  /** A protocol's id, where the files do not tell. */
  readonly protocol?: string;
  readonly licence: string;
  /** Hub repository and commit the files come from. */
  readonly source?: { readonly repository: string; readonly revision: string };
}

/** The part of a workshop that a conversion uses, and the checkpoint. */
export type ConversionHost = Pick<Workshop, "sink" | "openWritten"> & { readonly files: CheckpointFiles };

type ConversionProgress = Extract<AddProgress, { readonly phase: "convert" | "measure" }>;

/**
 * What was written when it throws is the host's to remove.
 * @throws AppError `bad-input` | `malformed-file` | `unsupported-model` | `cancelled`
 */
export async function convertCheckpoint(
  options: ConversionOptions,
  host: ConversionHost,
  ctx: CallContext<ConversionProgress>,
): Promise<ModelManifest> {
  const { files } = host;
  const scheme = schemeById(options.dtype);
  const config = await readJson(files, "config.json");
  const plan = planDecoder(config);
  const checkpoint = await openCheckpoint(files, ctx.signal);
  const protocol = protocolById(detectProtocol(checkpoint, plan, options.name, options.protocol));
  const tokenizer = await readTokenizer(files);
  checkProtocol(protocol, tokenizer);
  const { written, reference } = await convertAndMeasure(
    { files, checkpoint, config, plan, protocol, scheme, candidateIds: candidateIds(protocol, tokenizer) },
    tokenizer,
    host.sink,
    { signal: ctx.signal, emit: (progress) => ctx.emit({ phase: "convert", ...progress }) },
  );
  const draft = draftManifest(options, protocol, scheme, contextOf(plan, protocol), written);
  const model = await host.openWritten(draft);
  ctx.emit({ phase: "measure", device: model.candidate.info });
  const own = await scoreCanary(model, draft, tokenizer, ctx.signal);
  checkMeasured(reference, own, model.candidate.info);
  const manifest: ModelManifest = { ...draft, canary: canaryOf(reference, own, scheme) };
  await writeManifest(host.sink, manifest);
  return manifest;
}

/**
 * The conversion, and the canary's rewards by the checkpoint's own float32 pass, side by side: products run on
 * ONNX Runtime's threads while this one quantizes. When one fails the other is stopped and waited for.
 */
async function convertAndMeasure(
  request: ConvertRequest,
  tokenizer: LoadedTokenizer,
  sink: ModelSink,
  ctx: CallContext<ConvertProgress>,
): Promise<{ readonly written: readonly ManifestFile[]; readonly reference: readonly number[] }> {
  const { protocol, checkpoint } = request;
  const stop = new AbortController();
  const signal = AbortSignal.any([ctx.signal, stop.signal]);
  const weights = new Weights(checkpoint, signal);
  const converting = convert(request, sink, { ...ctx, signal });
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

/** The manifest without its canary. */
function draftManifest(
  { name, licence, source }: ConversionOptions,
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
    head: { kind: protocol.head.kind, outputs: logitWidth(protocol.readout) },
    dtype: scheme.id,
    context,
    threshold: protocol.threshold,
    licence,
    ...(source === undefined ? {} : { source }),
    converter: CONVERTER_VERSION,
    files: [...files],
    canary: canaryOf([], [], scheme),
  };
}
