/**
 * All that can be found out about a checkpoint without reading its weights: what it is, whether its tensors are those
 * that its config and protocol ask for, and whether its tokenizer can carry the protocol.
 */
import { planDecoder } from "../convert/architectures/index.ts";
import type { CheckpointFiles } from "../convert/byte-source.ts";
import { openCheckpoint } from "../convert/checkpoint.ts";
import { type ModelRequest, planModel } from "../convert/convert.ts";
import { detectProtocol } from "../convert/detect-protocol.ts";
import { quoteName } from "../convert/malformed.ts";
import { schemeById } from "../convert/quantize/index.ts";
import type { DtypeId } from "../core/dtypes.ts";
import { AppError } from "../core/errors.ts";
import { isKeptName } from "../core/model-name.ts";
import { protocolById } from "../core/protocols/index.ts";
import type { Bytes } from "../core/units.ts";
import { checkProtocol } from "../engine/check-protocol.ts";
import { multiply } from "../engine/multiply.ts";
import type { LoadedTokenizer } from "../engine/tokenizer.ts";
import { candidateIds, readJson, readTokenizer } from "./read-tokenizer.ts";

export interface CheckpointChoice {
  /** Repository id or folder name; layouts that protocols share are told apart by it. */
  readonly name: string;
  readonly dtype: DtypeId;
  /** A protocol's id, where the files do not tell. */
  readonly protocol?: string;
  /** Largest file of weights. */
  readonly maxFileSize?: Bytes;
}

/** What a conversion can begin with. */
export interface ExaminedCheckpoint {
  readonly request: ModelRequest;
  readonly tokenizer: LoadedTokenizer;
}

/**
 * Reads config and tokenizer, and of the files of tensors what describes them.
 * @throws AppError `bad-input` | `malformed-file` | `unsupported-model` | `cancelled`, and what `files` throws
 */
export async function examineCheckpoint(
  { name, dtype, protocol: forced, maxFileSize }: CheckpointChoice,
  files: CheckpointFiles,
  signal: AbortSignal,
): Promise<ExaminedCheckpoint> {
  if (!isKeptName(name)) {
    throw new AppError("bad-input", `"${quoteName(name)}" is not a name that a model can have`);
  }
  const config = await readJson(files, "config.json");
  const plan = planDecoder(config);
  const tokenizer = await readTokenizer(files);
  const checkpoint = await openCheckpoint(files, signal);
  const protocol = protocolById(detectProtocol(checkpoint, plan, name, forced));
  // No model is made that would be refused when it loads.
  checkProtocol(protocol, tokenizer);
  const request: ModelRequest = {
    checkpoint,
    config,
    plan,
    protocol,
    scheme: schemeById(dtype),
    candidateIds: candidateIds(protocol, tokenizer),
    ...(maxFileSize === undefined ? {} : { maxFileSize }),
  };
  planModel(request, multiply, signal);
  return { request, tokenizer };
}
