/** Scores the canary with a model's folder that is not finished yet. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { env } from "@huggingface/transformers";
import * as v from "valibot";
import { scoreCanary } from "../conversion/canary.ts";
import type { WrittenModel } from "../conversion/workshop.ts";
import { AppError } from "../core/errors.ts";
import { type ModelManifest, manifestSize } from "../core/manifest.ts";
import type { CallContext, DeviceInfo } from "../core/scorer.ts";
import type { Bytes } from "../core/units.ts";
import type { LoadedTokenizer } from "../engine/tokenizer.ts";
import { cpuCandidate } from "./node-host.ts";

/**
 * A model larger than this is scored in a process of its own: converting takes a few hundred megabytes whatever the
 * size of the model, and a machine that cannot hold the model must not lose the conversion.
 */
const IN_PROCESS: Bytes = 256e6;

/** Name of the command that the other process runs. */
const MEASURE_COMMAND = "measure";

export function measureFolder(
  folder: string,
  draft: ModelManifest,
  tokenizer: LoadedTokenizer,
  ctx: CallContext<DeviceInfo>,
): Promise<readonly number[]> {
  return manifestSize(draft) <= IN_PROCESS
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
  return { pretrainedId: folder, candidate: cpuCandidate() };
}

const Rewards = v.array(v.number());

/** @throws AppError `out-of-memory` when the process was killed; `cancelled`; `internal`. */
async function measureApart(
  folder: string,
  draft: ModelManifest,
  { signal, emit }: CallContext<DeviceInfo>,
): Promise<readonly number[]> {
  emit(cpuCandidate().info);
  // The built command is one file, this module included.
  const command = [fileURLToPath(import.meta.url), MEASURE_COMMAND, folder];
  const child = spawn(process.execPath, command, { signal, stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve, reject) => {
    child.on("error", (cause) =>
      reject(signal.aborted ? new AppError("cancelled", "stopped", {}, cause) : AppError.from(cause)),
    );
    child.on("exit", (code, killedBy) => {
      if (code === 0) {
        resolve();
      } else if (killedBy === null) {
        reject(new AppError("internal", `the converted model could not be scored: exit code ${code}`));
      } else {
        reject(new AppError("out-of-memory", `scoring the converted model was ended by ${killedBy}`));
      }
    });
  });
  ended.catch(() => undefined);
  child.stdin.on("error", () => undefined);
  child.stdin.end(JSON.stringify(draft));
  let text = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    text += chunk;
  }
  await ended;
  return v.parse(Rewards, JSON.parse(text));
}
