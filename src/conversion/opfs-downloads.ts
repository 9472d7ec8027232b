/** Downloads kept in a folder of the origin's private file system while they grow, in a worker. */
import type { Bytes } from "../core/units.ts";
import { isMissing } from "../engine/model-storage.ts";
import type { DownloadStore, PartialFile } from "../hub/download-store.ts";
import {
  closeFlushed,
  folderOf,
  moveFile,
  openForWriting,
  type SyncAccessHandle,
  writeAt,
} from "./opfs-files.ts";
import { PARTIAL } from "./workshop.ts";

/** Read at once when what is kept is hashed again. */
const PIECE: Bytes = 4 * 1024 * 1024;

function* piecesOf(handle: SyncAccessHandle): Generator<Uint8Array> {
  const buffer = new Uint8Array(PIECE);
  for (let at = 0; ; ) {
    const count = handle.read(buffer, { at });
    if (count === 0) {
      return;
    }
    at += count;
    yield buffer.subarray(0, count);
  }
}

export function opfsDownloads(top: FileSystemDirectoryHandle): DownloadStore {
  return {
    open: async (path): Promise<PartialFile> => {
      const [folder, name] = await folderOf(top, path);
      await takeBack(folder, name);
      const { file, handle } = await openForWriting(folder, name + PARTIAL);
      return {
        get size() {
          return handle.getSize();
        },
        read: async function* () {
          yield* piecesOf(handle);
        },
        append: async (bytes) => writeAt(handle, bytes, handle.getSize(), path),
        clear: async () => handle.truncate(0),
        finish: async () => {
          closeFlushed(handle);
          await file.move(name);
        },
        close: async () => closeFlushed(handle),
        discard: async () => {
          handle.close();
          await folder.removeEntry(name + PARTIAL);
        },
      };
    },
  };
}

/** Makes a finished file an unfinished one again. */
async function takeBack(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  try {
    await moveFile(await folder.getFileHandle(name), name + PARTIAL);
  } catch (thrown) {
    if (!isMissing(thrown)) {
      throw thrown;
    }
  }
}
