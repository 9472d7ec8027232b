/** Conversions on disk: a checkpoint's folder or a Hub repository in, a model's folder out. */
import { basename } from "node:path";
import { type AddContext, addFromHub } from "../conversion/add-from-hub.ts";
import { convertCheckpoint } from "../conversion/convert-checkpoint.ts";
import { isWorthKeeping } from "../conversion/keep-rule.ts";
import type { DtypeId } from "../core/dtypes.ts";
import { AppError } from "../core/errors.ts";
import type { ModelManifest } from "../core/manifest.ts";
import type { AddProgress, HubRequest } from "../core/model-library.ts";
import type { CallContext } from "../core/scorer.ts";
import type { Bytes } from "../core/units.ts";
import { openFolder } from "./folder-files.ts";
import { folderWorkshop } from "./folder-workshop.ts";

export interface ConvertOptions {
  readonly folder: string;
  readonly out: string;
  readonly dtype: DtypeId;
  readonly protocol?: string;
  readonly licence: string;
  /** Largest file of weights. */
  readonly maxFileSize?: Bytes;
}

/**
 * A checkpoint's folder. What was written stays when it is stopped, and goes when it failed.
 * @throws AppError `bad-input` | `malformed-file` | `unsupported-model` | `storage-full` | `cancelled`
 */
export async function convertFolder(
  { folder, out, ...options }: ConvertOptions,
  ctx: CallContext<AddProgress>,
): Promise<ModelManifest> {
  const files = await openFolder(folder);
  const workshop = folderWorkshop(out);
  try {
    // Marks the folder as one that this command may go on in, before anything else is in it.
    await workshop.notes.write("source.json", { folder });
    const manifest = await convertCheckpoint(
      { name: basename(folder), ...options },
      { ...workshop, files },
      ctx,
    );
    await workshop.tidy();
    return manifest;
  } catch (thrown) {
    const error = AppError.from(thrown);
    // Nothing was downloaded: only what was converted is worth keeping, and of wrong input there is none.
    if (error.code === "bad-input" || !isWorthKeeping(error)) {
      await workshop.discard();
    }
    throw thrown;
  } finally {
    await files.close();
    await workshop.close();
  }
}

/** A repository on the Hub. Downloads stay when it is stopped or the network fails. */
export async function convertRepository(
  { out, ...request }: Omit<HubRequest, "from"> & { readonly out: string },
  ctx: AddContext,
): Promise<ModelManifest> {
  const workshop = folderWorkshop(out);
  try {
    const manifest = await addFromHub({ from: "hub", ...request }, workshop, ctx);
    await workshop.tidy();
    return manifest;
  } catch (thrown) {
    if (!isWorthKeeping(AppError.from(thrown))) {
      await workshop.discard();
    }
    throw thrown;
  } finally {
    await workshop.close();
  }
}
