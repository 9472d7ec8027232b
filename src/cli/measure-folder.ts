/** Scores the canary with a model's folder that is not finished yet. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { env } from "@huggingface/transformers";
import { scoreCanary } from "../conversion/canary.ts";
import type { WrittenModel } from "../conversion/workshop.ts";
import { type ModelManifest, manifestSize } from "../core/manifest.ts";
import type { CallContext, DeviceInfo } from "../core/scorer.ts";
import type { Bytes } from "../core/units.ts";
import type { LoadedTokenizer } from "../engine/tokenizer.ts";
import { measureApart } from "./measure-apart.ts";
import { cpuCandidate } from "./node-host.ts";

/**
 * A model larger than this is scored in a process of its own: converting takes a few hundred megabytes whatever the
 * size of the model, and a machine that cannot hold the model must not lose the conversion.
 */
const IN_PROCESS: Bytes = 256e6;

/**
 * @param limit Size of the largest model that is scored in this process.
 * @throws AppError what scoring throws; `out-of-memory` when a process of its own was killed; `cancelled`.
 */
export function measureFolder(
  folder: string,
  draft: ModelManifest,
  tokenizer: LoadedTokenizer,
  ctx: CallContext<DeviceInfo>,
  limit: Bytes = IN_PROCESS,
): Promise<readonly number[]> {
  return manifestSize(draft) <= limit
    ? measureHere(folder, draft, tokenizer, ctx)
    : measureApart(folder, draft, ctx);
}

export async function measureHere(
  folder: string,
  draft: ModelManifest,
  tokenizer: LoadedTokenizer,
  ctx: CallContext<DeviceInfo>,
): Promise<readonly number[]> {
  return scoreCanary(openFolderOnCpu(folder), draft, tokenizer, ctx);
}

/** A written model's folder, within reach of transformers.js. */
export function openFolderOnCpu(folder: string): WrittenModel {
  env.allowLocalModels = true;
  env.allowRemoteModels = false;
  // The path itself: transformers.js takes only some folder names for ids.
  return {
    pretrainedId: folder,
    readText: (path) => readFile(join(folder, path), "utf8").catch(() => undefined),
    candidate: cpuCandidate(),
  };
}
