/** What is kept in the origin's private file system, told from the folders themselves: no list can go stale. */
import { AppError } from "../core/errors.ts";
import { type ModelManifest, manifestSize } from "../core/manifest.ts";
import type { StoredModel } from "../core/model-library.ts";
import { openModels, readStoredManifest } from "../engine/model-storage.ts";

/** Names a model's folder by what it was made from: characters that paths could be made of become dots. */
export function keyOf(name: string, dtype: string): string {
  const plain = name.replaceAll("/", "--").replace(/[^\w.+-]/g, ".");
  return `${plain.replace(/^\.+/, "")}--${dtype}`;
}

export function toStoredModel(key: string, manifest: ModelManifest): StoredModel {
  const { id, name, protocol, dtype, licence, source } = manifest;
  return {
    key,
    id,
    name,
    protocol,
    dtype,
    licence,
    size: manifestSize(manifest),
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

/** Every model that is there whole. A folder whose manifest cannot be read is left out: it cannot be used. */
export async function listStoredModels(): Promise<readonly StoredModel[]> {
  const models: StoredModel[] = [];
  for await (const [key, handle] of (await openModels()).entries()) {
    const manifest =
      handle.kind === "directory"
        ? await readStoredManifest(handle as FileSystemDirectoryHandle).catch(() => undefined)
        : undefined;
    if (manifest !== undefined) {
      models.push(toStoredModel(key, manifest));
    }
  }
  return models.sort((a, b) => a.key.localeCompare(b.key));
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
