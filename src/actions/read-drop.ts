/** What was dropped on the page, told apart by names alone, before any of it is read. */
import { isDirectory } from "./read-folder.ts";

/** Why nothing is made of a drop. */
export type DropRefusal = "several-folders" | "folder-and-files" | "model-files" | "archive";

export type Dropped =
  /** No file: text from another page or program. */
  | { readonly kind: "text" }
  | { readonly kind: "files"; readonly files: readonly File[] }
  | { readonly kind: "folder"; readonly folder: FileSystemDirectoryEntry }
  | { readonly kind: "refused"; readonly why: DropRefusal };

/** Files that mean nothing without the rest of their folder. */
const MODEL_FILE = /\.(safetensors|safetensors\.index\.json|onnx|onnx_data(_\d+)?|bin|pth?|ckpt)$/i;
/** What holds many files. One text that is only compressed (`.jsonl.gz`) is read. */
const ARCHIVE = /\.(zip|7z|rar|tar|tgz|tar\.gz|xz|bz2|zst)$/i;

/** Must be called while the drop is handled: afterwards a transfer is empty. */
export function readDrop({ items }: Pick<DataTransfer, "items">): Dropped {
  const folders: FileSystemDirectoryEntry[] = [];
  const files: File[] = [];
  for (const item of items) {
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (isDirectory(entry)) {
      folders.push(entry);
    } else if (file !== null) {
      files.push(file);
    }
  }
  return tellApart(folders, files);
}

function tellApart(folders: readonly FileSystemDirectoryEntry[], files: readonly File[]): Dropped {
  const [folder, ...otherFolders] = folders;
  const refused = (why: DropRefusal): Dropped => ({ kind: "refused", why });
  if (folder !== undefined) {
    return otherFolders.length > 0
      ? refused("several-folders")
      : files.length > 0
        ? refused("folder-and-files")
        : { kind: "folder", folder };
  }
  if (files.length === 0) {
    return { kind: "text" };
  }
  if (files.some(({ name }) => MODEL_FILE.test(name))) {
    return refused("model-files");
  }
  if (files.some(({ name }) => ARCHIVE.test(name))) {
    return refused("archive");
  }
  return { kind: "files", files };
}
