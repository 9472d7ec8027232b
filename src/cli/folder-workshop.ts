/** A workshop in a folder on disk: the model's own folder, with one inside for what the finished model does not need. */
import { mkdir, readFile, rm, rmdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { JOURNAL_NOTE } from "../conversion/convert-checkpoint.ts";
import { type Notes, PARTIAL, WORK_FOLDERS, type Workshop } from "../conversion/workshop.ts";
import { writeJson } from "../conversion/write-file.ts";
import { parseJournal } from "../convert/journal.ts";
import { MANIFEST_FILE } from "../core/manifest.ts";
import { folderStore } from "./download-store.ts";
import { folderSink, isOccupied, type OpenFolder, openFolder } from "./folder-files.ts";
import { measureFolder } from "./measure-folder.ts";

const WORK = WORK_FOLDERS.disk;
const SOURCE = "source";

export interface FolderWorkshop extends Workshop {
  close(): Promise<void>;
  /** Deletes what was made, and the folder when nothing else is in it. */
  discard(): Promise<void>;
}

export function folderWorkshop(folder: string): FolderWorkshop {
  const work = join(folder, WORK);
  const source = join(work, SOURCE);
  const written = folderSink(folder);
  const made = new Set<string>();
  let opened: OpenFolder | undefined;
  /** Listed anew at each use: downloads arrive meanwhile. */
  const openSource = async () => {
    await opened?.close();
    await mkdir(source, { recursive: true });
    opened = await openFolder(source);
    return opened;
  };
  const notes: Notes = {
    read: async (name) => {
      try {
        return JSON.parse(await readFile(join(work, name), "utf8"));
      } catch {
        return undefined;
      }
    },
    write: (name, value) => writeJson(folderSink(work), name, value),
  };
  return {
    downloads: folderStore(source),
    source: {
      list: async () => (await openSource()).list(),
      open: async (path) => (opened ?? (await openSource())).open(path),
    },
    sink: {
      ...written,
      create: (path) => {
        made.add(path);
        return written.create(path);
      },
    },
    notes,
    measure: (draft, tokenizer, ctx) => measureFolder(folder, draft, tokenizer, ctx),
    tidy: async () => {
      await opened?.close();
      opened = undefined;
      await rm(work, { recursive: true, force: true });
    },
    close: async () => {
      await opened?.close();
      opened = undefined;
    },
    discard: async () => {
      const journal = parseJournal(await notes.read(JOURNAL_NOTE));
      for (const { path } of journal?.files ?? []) {
        made.add(path);
      }
      await rm(work, { recursive: true, force: true });
      for (const path of made) {
        await rm(join(folder, path), { force: true });
        await rm(join(folder, path + PARTIAL), { force: true });
      }
      const folders = [...new Set([...made].map((path) => join(folder, dirname(path)))), folder];
      for (const one of folders.sort((a, b) => b.length - a.length)) {
        // Fails, as it should, where something else is.
        await rmdir(one).catch(() => undefined);
      }
    },
  };
}

/** Whether a folder holds anything but a conversion that can be gone on with. */
export async function isTaken(folder: string): Promise<boolean> {
  const isThere = (path: string) =>
    stat(join(folder, path)).then(
      () => true,
      () => false,
    );
  return (await isOccupied(folder)) && (!(await isThere(WORK)) || (await isThere(MANIFEST_FILE)));
}
