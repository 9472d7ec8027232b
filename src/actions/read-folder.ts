/** Folders that a person picks or drops, as lists of files with their paths. */

export interface ReadFolder {
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly blob: File }[];
}

/** More files than any model's repository has: a home folder dropped by mistake is not walked to its end. */
const MAX_FILES = 2000;

/** Files of `<input webkitdirectory>`: their paths begin with the folder's name. */
export function folderOfFiles(list: Iterable<File>): ReadFolder | undefined {
  const files = [...list];
  const name = files[0]?.webkitRelativePath.split("/", 1)[0];
  return name === undefined || name === ""
    ? undefined
    : {
        name,
        files: files.map((blob) => ({ path: blob.webkitRelativePath.slice(name.length + 1), blob })),
      };
}

// The base type does not tell the two kinds apart by its `isDirectory`.
export function isDirectory(entry: FileSystemEntry | null): entry is FileSystemDirectoryEntry {
  return entry?.isDirectory === true;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

/** All files below a folder; `undefined` when there are more than any model has. */
export async function readDirectory(top: FileSystemDirectoryEntry): Promise<ReadFolder | undefined> {
  const files: { path: string; blob: File }[] = [];
  const walk = async (folder: FileSystemDirectoryEntry, prefix: string): Promise<void> => {
    for (const entry of await entriesOf(folder)) {
      if (files.length > MAX_FILES) {
        return;
      }
      if (isDirectory(entry)) {
        await walk(entry, `${prefix}${entry.name}/`);
      } else if (isFile(entry)) {
        files.push({ path: prefix + entry.name, blob: await fileOf(entry) });
      }
    }
  };
  await walk(top, "");
  return files.length > MAX_FILES ? undefined : { name: top.name, files };
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader hands out entries in batches until one is empty. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0) {
      return all;
    }
    all.push(...batch);
  }
}
