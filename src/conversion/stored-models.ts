/** What is kept in the origin's private file system, told from the folders themselves: no list can go stale. */
import { AppError } from "../core/errors.ts";
import { conversionError, type ModelManifest, manifestSize } from "../core/manifest.ts";
import type { LibraryContents, StoredModel, UnfinishedModel } from "../core/model-library.ts";
import { openModels, readStoredManifest } from "../engine/model-storage.ts";
import { JOB_NOTE, parseJob, requestOf } from "./job-note.ts";
import { findNotes, sizeOf } from "./opfs-workshop.ts";

/** Names a model's folder by what it was made from: characters that paths could be made of become dots. */
export function keyOf(name: string, dtype: string): string {
  const plain = name.replaceAll("/", "--").replace(/[^\w.+-]/g, ".");
  return `${plain.replace(/^\.+/, "")}--${dtype}`;
}

export function toStoredModel(key: string, manifest: ModelManifest): StoredModel {
  const { id, name, protocol, dtype, licence, source } = manifest;
  const rewardError = conversionError(manifest);
  return {
    key,
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

/**
 * Every model that is there whole, what is there of those that are not, and folders that nobody can go on with. A
 * model whose manifest cannot be read is left out: it cannot be used.
 */
export async function listContents(): Promise<
  Pick<LibraryContents, "models" | "unfinished"> & { readonly abandoned: readonly string[] }
> {
  const models: StoredModel[] = [];
  const unfinished: UnfinishedModel[] = [];
  const abandoned: string[] = [];
  for await (const [key, handle] of (await openModels()).entries()) {
    if (handle.kind !== "directory") {
      continue;
    }
    const folder = handle as FileSystemDirectoryHandle;
    const manifest = await readStoredManifest(folder).catch(() => "damaged" as const);
    const job = parseJob(await (await findNotes(folder))?.read(JOB_NOTE));
    if (manifest === "damaged") {
      continue;
    }
    if (manifest !== undefined) {
      models.push(toStoredModel(key, manifest));
    } else if (job !== undefined) {
      unfinished.push({ key, request: requestOf(job), kept: await sizeOf(folder) });
    } else {
      abandoned.push(key);
    }
  }
  const byKey = (a: { readonly key: string }, b: { readonly key: string }) => a.key.localeCompare(b.key);
  return { models: models.sort(byKey), unfinished: unfinished.sort(byKey), abandoned };
}

/** Deletes a model's folder, whatever is in it. @throws AppError `bad-input` when it is in use. */
export async function removeStored(key: string): Promise<void> {
  try {
    await (await openModels()).removeEntry(key, { recursive: true });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "NotFoundError") {
      return;
    }
    throw new AppError("bad-input", `${key} could not be deleted: it is in use`, {}, cause);
  }
}
