/**
 * Where models live in the origin's private file system: one folder a model, named by its key. It is a model
 * once its manifest is there, which is written last.
 */
import { AppError } from "../core/errors.ts";
import { MANIFEST_FILE, type ModelManifest, parseManifest } from "../core/manifest.ts";

const MODELS = "models";

/** Keys are made of repository and folder names: no path can be written with one. */
const KEY = /^(?!\.)[\w.+-]{1,200}$/;

/** @throws AppError `bad-input` for a key that is not one. */
function checkKey(key: string): string {
  if (!KEY.test(key)) {
    throw new AppError("bad-input", `"${key}" is not the key of a model`);
  }
  return key;
}

/** The folder of all models. @throws AppError `bad-input` where the browser has no private file system. */
export async function openModels(): Promise<FileSystemDirectoryHandle> {
  try {
    const root = await navigator.storage.getDirectory();
    return await root.getDirectoryHandle(MODELS, { create: true });
  } catch (cause) {
    throw new AppError("bad-input", "this browser keeps no files for the page", {}, cause);
  }
}

/** A model's folder; `undefined` when there is none and none is to be made. */
export async function openModelFolder(
  key: string,
  options: { readonly create: boolean },
): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    return await (await openModels()).getDirectoryHandle(checkKey(key), options);
  } catch (thrown) {
    if (isMissing(thrown)) {
      return undefined;
    }
    throw thrown;
  }
}

/** Whether a file system says that there is no such entry. */
export function isMissing(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === "NotFoundError";
}

/** The file at a relative path with forward slashes; `undefined` when it is not there. */
export async function findFile(folder: FileSystemDirectoryHandle, path: string): Promise<File | undefined> {
  const parts = path.split("/");
  const name = parts.pop() ?? "";
  try {
    let current = folder;
    for (const part of parts) {
      current = await current.getDirectoryHandle(part);
    }
    return await (await current.getFileHandle(name)).getFile();
  } catch (thrown) {
    if (isMissing(thrown)) {
      return undefined;
    }
    throw thrown;
  }
}

/**
 * The manifest of a stored model; `undefined` when the folder has none yet.
 * @throws AppError `malformed-file`
 */
export async function readStoredManifest(
  folder: FileSystemDirectoryHandle,
): Promise<ModelManifest | undefined> {
  const file = await findFile(folder, MANIFEST_FILE);
  if (file === undefined) {
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(await file.text());
  } catch (cause) {
    throw new AppError("malformed-file", `${folder.name}: ${MANIFEST_FILE} is not JSON`, {}, cause);
  }
  return parseManifest(value, folder.name);
}
