/** A folder to a model here: copied when it is converted already, converted when it is a checkpoint. */
import type { CheckpointFiles } from "../convert/byte-source.ts";
import { type ModelManifest, NOT_STATED } from "../core/manifest.ts";
import type { AddProgress, FolderRequest } from "../core/model-library.ts";
import type { CallContext } from "../core/scorer.ts";
import { convertCheckpoint } from "./convert-checkpoint.ts";
import { copyModel, findManifest } from "./copy-model.ts";
import type { Workshop } from "./workshop.ts";

/** @throws AppError what copying and converting throw. */
export async function addFromFolder(
  { name, dtype, protocol }: Omit<FolderRequest, "from" | "files">,
  files: CheckpointFiles,
  workshop: Workshop,
  ctx: CallContext<AddProgress>,
): Promise<ModelManifest> {
  const manifest = await findManifest(files, name);
  if (manifest !== undefined) {
    await copyModel(manifest, files, workshop.sink, {
      signal: ctx.signal,
      emit: ({ done, total }) => ctx.emit({ phase: "copy", done, total }),
    });
    return manifest;
  }
  const options = { name, dtype, ...(protocol === undefined ? {} : { protocol }), licence: NOT_STATED };
  return convertCheckpoint(options, { ...workshop, files }, ctx);
}
