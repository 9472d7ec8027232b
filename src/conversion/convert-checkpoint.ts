/**
 * A published checkpoint to a model that can be trusted: converts it, runs the checkpoint's own float32 forward
 * pass on a canary chain beside that, scores the canary with what was written, and writes the manifest last.
 * Until then the folder is not a model, so output that was stopped or failed never looks complete.
 */
import type { CheckpointFiles } from "../convert/byte-source.ts";
import {
  CONVERTER_VERSION,
  type Conversion,
  type ConvertRequest,
  contextOf,
  convert,
} from "../convert/convert.ts";
import { parseJournal } from "../convert/journal.ts";
import type { WriteProgress } from "../convert/model-writer.ts";
import { countChoices } from "../convert/quantize/choice.ts";
import type { ModelManifest } from "../core/manifest.ts";
import type { AddProgress } from "../core/model-library.ts";
import type { Protocol } from "../core/protocols/protocol.ts";
import type { CallContext, DeviceInfo } from "../core/scorer.ts";
import { multiply } from "../engine/multiply.ts";
import { logitWidth } from "../engine/readout.ts";
import { canaryRewards } from "../engine/score-canary.ts";
import type { LoadedTokenizer } from "../engine/tokenizer.ts";
import { CANARY, canaryOf, checkMeasured } from "./canary.ts";
import { writeManifest } from "./copy-model.ts";
import { type CheckpointChoice, type ExaminedCheckpoint, examineCheckpoint } from "./examine-checkpoint.ts";
import type { Workshop } from "./workshop.ts";

export interface ConversionOptions extends CheckpointChoice {
  readonly licence: string;
  /** Hub repository and commit the files come from. */
  readonly source?: { readonly repository: string; readonly revision: string };
}

/** The part of a workshop that a conversion uses, and the checkpoint. */
export type ConversionHost = Pick<Workshop, "sink" | "notes" | "measure"> & {
  readonly files: CheckpointFiles;
};

/** Among a workshop's notes, where a conversion that was stopped goes on. */
export const JOURNAL_NOTE = "conversion.json";

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
  const examined = await examineCheckpoint(options, host.files, ctx.signal);
  return convertExamined(examined, options, host, ctx);
}

/** The same for a checkpoint that has been examined with these options. */
export async function convertExamined(
  { request, tokenizer }: ExaminedCheckpoint,
  options: ConversionOptions,
  host: ConversionHost,
  ctx: CallContext<ConversionProgress>,
): Promise<ModelManifest> {
  const { plan, protocol, scheme } = request;
  const { written, reference } = await convertAndMeasure({ ...request, files: host.files }, tokenizer, host, {
    signal: ctx.signal,
    emit: (progress) => ctx.emit({ phase: "convert", ...progress }),
  });
  const draft = draftManifest(options, protocol, contextOf(plan, protocol), written, {
    dtype: scheme.id,
    // What was written is measured against nothing yet.
    canary: canaryOf(reference, reference, scheme),
  });
  let device: DeviceInfo | undefined;
  const own = await host.measure(draft, tokenizer, {
    signal: ctx.signal,
    emit: (info) => {
      device = info;
      ctx.emit({ phase: "measure", device: info });
    },
  });
  checkMeasured(reference, own, device);
  const manifest: ModelManifest = { ...draft, canary: canaryOf(reference, own, scheme) };
  await writeManifest(host.sink, manifest);
  return manifest;
}

/** The conversion, and the canary's rewards by the checkpoint's own float32 pass, which goes along with it. */
async function convertAndMeasure(
  request: Omit<ConvertRequest, "sequences">,
  tokenizer: LoadedTokenizer,
  { sink, notes }: Pick<ConversionHost, "sink" | "notes">,
  ctx: CallContext<WriteProgress>,
): Promise<{
  readonly written: Pick<Conversion, "files" | "choices">;
  readonly reference: readonly number[];
}> {
  let written: Pick<Conversion, "files" | "choices"> = { files: [], choices: new Map() };
  const journal = parseJournal(await notes.read(JOURNAL_NOTE));
  const reference = await canaryRewards(request.protocol, tokenizer, CANARY, async (sequences) => {
    const converted = await convert({ ...request, sequences }, sink, multiply, {
      ...ctx,
      journal,
      saveJournal: (made) => notes.write(JOURNAL_NOTE, made),
    });
    written = converted;
    return converted.logits;
  });
  return { written, reference };
}

/** The manifest as far as it is known before the model is measured. */
function draftManifest(
  { name, licence, source }: ConversionOptions,
  protocol: Protocol,
  context: number,
  { files, choices }: Pick<Conversion, "files" | "choices">,
  { dtype, canary }: Pick<ModelManifest, "dtype" | "canary">,
): ModelManifest {
  return {
    format: 1,
    id: name,
    name,
    protocol: protocol.id,
    head: { kind: protocol.head.kind, outputs: logitWidth(protocol.readout) },
    dtype,
    context,
    threshold: protocol.threshold,
    licence,
    ...(source === undefined ? {} : { source }),
    converter: CONVERTER_VERSION,
    ...(choices.size === 0 ? {} : { quantization: countChoices(choices) }),
    files: [...files],
    canary,
  };
}
