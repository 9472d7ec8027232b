/** One conversion on disk: checkpoint folder in, model folder out. */
import { rm } from "node:fs/promises";
import { basename } from "node:path";
import { env } from "@huggingface/transformers";
import { type Converted, convertCheckpoint } from "../conversion/convert-checkpoint.ts";
import type { ConvertProgress } from "../convert/convert.ts";
import type { CallContext } from "../core/scorer.ts";
import { folderSink, openFolder } from "./folder-files.ts";
import { cpuCandidate } from "./node-host.ts";

export interface ConvertOptions {
  readonly folder: string;
  readonly out: string;
  readonly dtype: string;
  readonly protocol?: string;
  readonly licence: string;
}

/**
 * The output folder must be new: it is removed on failure.
 * @throws AppError `bad-input` | `malformed-file` | `unsupported-model` | `cancelled`
 */
export async function convertFolder(
  { folder, out, ...options }: ConvertOptions,
  ctx: CallContext<ConvertProgress>,
): Promise<Converted> {
  const files = await openFolder(folder);
  try {
    const host = { files, sink: folderSink(out), openWritten: () => Promise.resolve(openOnCpu(out)) };
    return await convertCheckpoint({ name: basename(folder), ...options }, host, ctx);
  } catch (thrown) {
    // What is left without a manifest is not a model; nothing of it is of use.
    await rm(out, { recursive: true, force: true });
    throw thrown;
  } finally {
    await files.close();
  }
}

function openOnCpu(folder: string) {
  env.allowLocalModels = true;
  env.allowRemoteModels = false;
  // The path itself: transformers.js takes only some folder names for ids.
  return { pretrainedId: folder, candidate: cpuCandidate() };
}
