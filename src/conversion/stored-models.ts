/** What is kept in the origin's private file system, told from the folders themselves: no list can go stale. */
import type { DtypeId } from "../core/dtypes.ts";
import { AppError } from "../core/errors.ts";
import { conversionError, type ModelManifest, manifestSize, modelDigest } from "../core/manifest.ts";
import type { LibraryContents, StoredModel, UnfinishedModel } from "../core/model-library.ts";
import { isMissing, openModelFolder, openModels, readStoredManifest } from "../engine/model-storage.ts";
import { JOB_NOTE, parseJob, requestOf } from "./job-note.ts";
import { findNotes, sizeOf } from "./opfs-workshop.ts";

/**
 * Names a model's folder by what it was made from. Characters that a path could be made of, or that are not plain,
 * are written as the hexadecimal of their bytes, so that two names never share a folder.
 */
export function keyOf(name: string, dtype: DtypeId): string {
  const plain = (part: string) =>
    encodeURIComponent(wellFormed(part))
      .replace(/^\.|[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll("%", "+");
  return `${name.split("/").map(plain).join("--")}--${dtype}`;
}

/** A name with lone surrogates cannot be encoded; a decoder replaces them. */
function wellFormed(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}

export function toStoredModel(key: string, manifest: ModelManifest): StoredModel {
  const { id, name, protocol, dtype, licence, source } = manifest;
  const rewardError = conversionError(manifest);
  return {
    key,
    digest: modelDigest(manifest),
    id,
    name,
    protocol,
    dtype,
    licence,
    size: manifestSize(manifest),
    ...(rewardError === undefined ? {} : { rewardError }),
    ...(source === undefined
      ? {}
      : {
          source: {
            repository: source.repository,
            ...(source.revision === undefined ? {} : { revision: source.revision }),
          },
        }),
  };
}

/** What a folder among the models is. */
type FolderState =
  | { readonly kind: "model"; readonly model: StoredModel }
  | { readonly kind: "unfinished"; readonly model: UnfinishedModel }
  | { readonly kind: "damaged" }
  /** Neither a manifest nor a note: nobody can go on with it. */
  | { readonly kind: "abandoned" };

async function inspect(key: string, folder: FileSystemDirectoryHandle): Promise<FolderState> {
  let manifest: ModelManifest | undefined;
  try {
    manifest = await readStoredManifest(folder);
  } catch {
    return { kind: "damaged" };
  }
  if (manifest !== undefined) {
    return { kind: "model", model: toStoredModel(key, manifest) };
  }
  const job = parseJob(await (await findNotes(folder))?.read(JOB_NOTE));
  return job === undefined
    ? { kind: "abandoned" }
    : { kind: "unfinished", model: { key, request: requestOf(job), kept: await sizeOf(folder) } };
}

type Contents = Pick<LibraryContents, "models" | "unfinished" | "damaged"> & {
  readonly abandoned: readonly string[];
};

/** Every folder there is, by what it is; each list in the order of the keys. */
export async function listContents(): Promise<Contents> {
  const models: StoredModel[] = [];
  const unfinished: UnfinishedModel[] = [];
  const keys = { damaged: [] as string[], abandoned: [] as string[] };
  const folders: (readonly [key: string, folder: FileSystemDirectoryHandle])[] = [];
  for await (const [key, handle] of (await openModels()).entries()) {
    if (handle instanceof FileSystemDirectoryHandle) {
      folders.push([key, handle]);
    }
  }
  for (const [key, folder] of folders.sort(([a], [b]) => a.localeCompare(b))) {
    const state = await inspect(key, folder);
    switch (state.kind) {
      case "model":
        models.push(state.model);
        break;
      case "unfinished":
        unfinished.push(state.model);
        break;
      default:
        keys[state.kind].push(key);
    }
  }
  return { models, unfinished, ...keys };
}

/** Deletes a folder that is still abandoned; one that became a model meanwhile stays. */
export async function removeAbandoned(key: string): Promise<void> {
  const folder = await openModelFolder(key, { create: false });
  if (folder !== undefined && (await inspect(key, folder)).kind === "abandoned") {
    await removeStored(key);
  }
}

/** Deletes a model's folder, whatever is in it. @throws AppError `bad-input` when it is in use. */
export async function removeStored(key: string): Promise<void> {
  try {
    await (await openModels()).removeEntry(key, { recursive: true });
  } catch (cause) {
    if (isMissing(cause)) {
      return;
    }
    throw new AppError("bad-input", `${key} could not be deleted: it is in use`, {}, cause);
  }
}
