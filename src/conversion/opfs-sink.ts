/** Model files written to a folder of the origin's private file system, in a worker. */
import type { ModelSink, SinkFile } from "../convert/external-data.ts";
import { findFile } from "../engine/model-storage.ts";
import { closeFlushed, folderOf, openForWriting, writeAt } from "./opfs-files.ts";
import { PARTIAL } from "./workshop.ts";

/** Writes files under their final names only once they are whole. */
export function opfsSink(top: FileSystemDirectoryHandle): ModelSink {
  return {
    create: async (path): Promise<SinkFile> => {
      const [folder, name] = await folderOf(top, path);
      const { file, handle } = await openForWriting(folder, name + PARTIAL);
      handle.truncate(0);
      let at = 0;
      let isOpen = true;
      return {
        write: async (bytes) => {
          writeAt(handle, bytes, at, path);
          at += bytes.length;
        },
        close: async () => {
          isOpen = false;
          closeFlushed(handle);
          await file.move(name);
        },
        abort: async () => {
          if (isOpen) {
            isOpen = false;
            handle.close();
            await folder.removeEntry(name + PARTIAL);
          }
        },
      };
    },
    sizeOf: async (path) => (await findFile(top, path))?.size,
  };
}
