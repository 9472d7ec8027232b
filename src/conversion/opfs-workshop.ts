/** A workshop in a folder of the origin's private file system, in a worker. */
import { blobSource, type CheckpointFiles } from "../convert/byte-source.ts";
import type { Bytes } from "../core/units.ts";
import { findFile, isMissing } from "../engine/model-storage.ts";
import { scoreCanary } from "./canary.ts";
import { opfsDownloads } from "./opfs-downloads.ts";
import { opfsSink } from "./opfs-sink.ts";
import { type Notes, WORK_FOLDERS, type Workshop } from "./workshop.ts";
import { writeJson } from "./write-file.ts";
import { openInBrowser } from "./written-in-browser.ts";

const SOURCE = "source";

/** A folder that is looked up at each use: handles do not outlive what they stand for being deleted. */
type OpenFolder = () => Promise<FileSystemDirectoryHandle>;

/** The notes in a model's folder; `undefined` when nothing is being made in it. */
export async function findNotes(folder: FileSystemDirectoryHandle): Promise<Notes | undefined> {
  try {
    const work = await folder.getDirectoryHandle(WORK_FOLDERS.browser);
    return notesIn(() => Promise.resolve(work));
  } catch (thrown) {
    if (isMissing(thrown)) {
      return undefined;
    }
    throw thrown;
  }
}

function notesIn(open: OpenFolder): Notes {
  return {
    read: async (name) => {
      const file = await findFile(await open(), name);
      try {
        return file && JSON.parse(await file.text());
      } catch {
        return undefined;
      }
    },
    write: async (name, value) => writeJson(opfsSink(await open()), name, value),
  };
}

function filesIn(open: OpenFolder): CheckpointFiles {
  return {
    list: async () => {
      const names: string[] = [];
      for await (const name of (await open()).keys()) {
        names.push(name);
      }
      return names;
    },
    open: async (path) => {
      const file = await findFile(await open(), path);
      return file && blobSource(file, path);
    },
  };
}

/** @param folder The model's own. */
export function opfsWorkshop(folder: FileSystemDirectoryHandle): Workshop {
  const work: OpenFolder = () => folder.getDirectoryHandle(WORK_FOLDERS.browser, { create: true });
  const source: OpenFolder = async () => (await work()).getDirectoryHandle(SOURCE, { create: true });
  return {
    downloads: { open: async (path) => opfsDownloads(await source()).open(path) },
    source: filesIn(source),
    sink: opfsSink(folder),
    notes: notesIn(work),
    measure: async (draft, tokenizer, ctx) =>
      scoreCanary(await openInBrowser(folder, draft), draft, tokenizer, ctx),
    tidy: async () => {
      await work();
      await folder.removeEntry(WORK_FOLDERS.browser, { recursive: true });
    },
  };
}

/** Bytes of all files in a folder and below it. */
export async function sizeOf(folder: FileSystemDirectoryHandle): Promise<Bytes> {
  let total = 0;
  for await (const entry of folder.values()) {
    if (entry instanceof FileSystemDirectoryHandle) {
      total += await sizeOf(entry);
    } else if (entry instanceof FileSystemFileHandle) {
      total += (await entry.getFile()).size;
    }
  }
  return total;
}
