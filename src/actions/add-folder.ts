import { isAdding, libraryStore } from "../state/library.ts";
import type { ActionContext } from "./context.ts";
import { addModel, openModels } from "./library.ts";
import { type ReadFolder, readDirectory } from "./read-folder.ts";

export type FolderOutcome = "taken" | "busy" | "too-many-files" | "folder-unreadable";

/** Adds the model in a folder that was picked or dropped: converted already, or a checkpoint to convert. */
export async function addFolder(ctx: ActionContext, folder: ReadFolder): Promise<void> {
  openModels(ctx);
  await addModel(ctx, { from: "folder", ...folder });
}

/** The same for a folder that was dropped and has yet to be read. Settles once the addition has begun. */
export async function takeDirectory(
  ctx: ActionContext,
  directory: FileSystemDirectoryEntry,
): Promise<FolderOutcome> {
  if (isAdding(libraryStore.getState())) {
    return "busy";
  }
  let folder: ReadFolder | undefined;
  try {
    folder = await readDirectory(directory);
  } catch {
    return "folder-unreadable";
  }
  if (folder === undefined) {
    return "too-many-files";
  }
  void addFolder(ctx, folder);
  return "taken";
}
