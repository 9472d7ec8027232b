/** A folder that already holds a converted model, copied into another store and verified on the way. */
import type { ByteSource, CheckpointFiles } from "../convert/byte-source.ts";
import type { ModelSink } from "../convert/external-data.ts";
import { checkGraphs } from "../convert/external-places.ts";
import { AppError } from "../core/errors.ts";
import { MANIFEST_FILE, type ModelManifest, manifestSize, parseManifest } from "../core/manifest.ts";
import { protocolOf } from "../core/protocols/index.ts";
import type { CallContext } from "../core/scorer.ts";
import type { Bytes } from "../core/units.ts";
import { verified } from "../engine/verify-file.ts";
import { checkListedFiles } from "./check-listed-files.ts";
import { readJson } from "./read-tokenizer.ts";
import { writeFile, writeJson } from "./write-file.ts";

/** Read and written at once. */
const PIECE: Bytes = 8 * 1024 * 1024;

/**
 * The manifest of a converted model's folder; `undefined` when there is none.
 * @throws AppError `malformed-file` | `unsupported-model` for one that could be kept and not loaded.
 */
export async function findManifest(files: CheckpointFiles, name: string): Promise<ModelManifest | undefined> {
  if (!(await files.list()).includes(MANIFEST_FILE)) {
    return undefined;
  }
  const manifest = parseManifest(await readJson(files, MANIFEST_FILE), name);
  // Refused before anything is copied.
  protocolOf(manifest);
  checkListedFiles(manifest);
  return manifest;
}

async function openListed(files: CheckpointFiles, path: string): Promise<ByteSource> {
  const source = await files.open(path);
  if (source === undefined) {
    throw new AppError("malformed-file", `${path} is listed in ${MANIFEST_FILE}, but missing`, {
      file: path,
    });
  }
  return source;
}

async function* piecesOf(
  files: CheckpointFiles,
  path: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const source = await openListed(files, path);
  for (let at = 0; at < source.size; at += PIECE) {
    yield await source.read(at, Math.min(at + PIECE, source.size), signal);
  }
}

/**
 * Copies every file of the manifest, and the manifest last.
 * @throws AppError `malformed-file` when a file is missing or not what the manifest says; `storage-full`; `cancelled`.
 */
export async function copyModel(
  manifest: ModelManifest,
  files: CheckpointFiles,
  sink: ModelSink,
  { signal, emit }: CallContext<{ readonly done: Bytes; readonly total: Bytes }>,
): Promise<void> {
  await checkGraphs(manifest.files, async (path) => {
    const source = await openListed(files, path);
    return source.read(0, source.size, signal);
  });
  const total = manifestSize(manifest);
  let done = 0;
  for (const file of manifest.files) {
    const bytes = verified(file, piecesOf(files, file.path, signal));
    await writeFile(sink, file.path, bytes, (count) => {
      done += count;
      emit({ done, total });
    });
  }
  await writeManifest(sink, manifest);
}

/** Makes a folder a model. */
export async function writeManifest(sink: ModelSink, manifest: ModelManifest): Promise<void> {
  await writeJson(sink, MANIFEST_FILE, manifest);
}
